/**
 * Runs several pieces of work in parallel and hands on their results in order. Work is begun only shortly before its turn,
 * so that few results wait in memory. The first failure aborts the signal of all the others.
 */
export async function inOrder<T, R extends object>(
  items: readonly T[],
  { parallel, signal }: { parallel: number; signal?: AbortSignal | undefined },
  work: (item: T, signal: AbortSignal) => Promise<R>,
  take: (result: R, item: T) => void | Promise<void>,
): Promise<void> {
  const failed = new AbortController()
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal
  /** Null once it was handed on: hours of video must not stay in memory. */
  const begun: (Promise<R> | null)[] = []
  const begin = (): void => {
    const item = items[begun.length]
    if (item === undefined) return
    const running = work(item, either)
    // Prevents unhandledRejection; awaited when its turn comes.
    running.catch(() => undefined)
    begun.push(running)
  }
  try {
    for (const [index, item] of items.entries()) {
      while (begun.length < items.length && begun.length < index + parallel) begin()
      const result = await begun[index]
      begun[index] = null
      // While this result is handed on, the next piece is under way.
      if (begun.length < items.length) begin()
      if (result !== undefined && result !== null) await take(result, item)
    }
  } catch (error) {
    failed.abort()
    // Nothing may still be running when this returns.
    await Promise.allSettled(begun.filter((running) => running !== null))
    throw error
  }
}
