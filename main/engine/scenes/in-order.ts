/**
 * Does several pieces of work side by side and hands on what comes of them in their order. No more are begun than are
 * handed on soon, so that little waits in memory. The first failure ends it; `work` is told by its signal.
 */
export async function inOrder<T, R extends object>(
  items: readonly T[],
  { parallel, signal }: { parallel: number; signal?: AbortSignal | undefined },
  work: (item: T, signal: AbortSignal) => Promise<R>,
  take: (result: R, item: T) => void,
): Promise<void> {
  const failed = new AbortController()
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal
  /** Null once it was handed on: hours of film must not stay in memory until the end. */
  const begun: (Promise<R> | null)[] = []
  const begin = (): void => {
    const item = items[begun.length]
    if (item === undefined) return
    const running = work(item, either)
    // Heard of when its turn comes, which may be after it failed.
    running.catch(() => undefined)
    begun.push(running)
  }
  try {
    for (const [index, item] of items.entries()) {
      while (begun.length < items.length && begun.length < index + parallel) begin()
      const result = await begun[index]
      begun[index] = null
      if (result !== undefined && result !== null) take(result, item)
    }
  } catch (error) {
    failed.abort()
    // Nothing of it may still be running when this is over.
    await Promise.allSettled(begun.filter((running) => running !== null))
    throw error
  }
}
