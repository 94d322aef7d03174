/**
 * Runs work that reports progress, as a stream of the newest report whenever the reader asks. Ending the stream aborts the
 * work; the stream ends with the work.
 * @throws the error of the work.
 */
export async function* progressStream<T>(
  work: (report: (progress: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const readerGone = new AbortController()
  const newest: T[] = []
  let wake: () => void = () => undefined
  let isOver = false
  const report = (progress: T): void => {
    newest[0] = progress
    wake()
  }
  const done = work(report, AbortSignal.any([signal, readerGone.signal])).finally(() => {
    isOver = true
    wake()
  })
  // Prevents unhandledRejection; awaited below.
  done.catch(() => undefined)
  try {
    while (!isOver) {
      const progress = newest.shift()
      if (progress !== undefined) yield progress
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    await done
  } finally {
    readerGone.abort()
  }
}
