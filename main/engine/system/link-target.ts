import { EngineError } from '../../contract/index.ts'

/**
 * Path and query of a link as they are sent: nothing is decoded or put in order, since a signature covers each character.
 * @param link whole or from its path on; what a page adds behind `#` is never sent.
 * @throws EngineError `invalid_input`.
 */
export function targetOf(link: string): string {
  const [sent = ''] = link.trim().split('#')
  const target = sent.replace(/^https?:\/\/[^/?]*/i, '')
  if (target.startsWith('/')) return target
  throw new EngineError('invalid_input', 'url: A link is needed, whole or from its path on.', {
    fields: [{ field: 'url', reason: 'A link is needed, whole or from its path on.' }],
  })
}

/** The last part of a path, where the token of a part URL stands. */
export function lastPartOf(target: string): string {
  const [path = ''] = target.split('?')
  return path.slice(path.lastIndexOf('/') + 1)
}
