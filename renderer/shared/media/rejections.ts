interface Rejection {
  readonly path: string
  readonly reason: string
}

/** More refusals than this become one message: a stack of toasts is no report. */
const ONE_BY_ONE = 3
const NAMED = 3

/** What to say about paths that were not added: one message each, or one for all when they are many. */
export function rejectionMessages(refused: readonly Rejection[]): string[] {
  if (refused.length <= ONE_BY_ONE) return refused.map(({ reason }) => reason)
  const names = refused.slice(0, NAMED).map(({ path }) => path.split(/[\\/]/).at(-1) || path)
  const rest = refused.length - NAMED
  return [`${refused.length} files were not added: ${names.join(', ')} and ${rest} more. ${refused[0]?.reason ?? ''}`]
}
