/**
 * Work that tells how far it is, as a stream: the newest word, whenever somebody listens. Who listens no more calls the
 * work off; the stream ends when the work has.
 * @throws whatever the work throws.
 */
export async function* told<T>(
  work: (tell: (word: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const unheard = new AbortController()
  const words: T[] = []
  let wake: () => void = () => undefined
  let isOver = false
  const tell = (word: T): void => {
    words[0] = word
    wake()
  }
  const done = work(tell, AbortSignal.any([signal, unheard.signal])).finally(() => {
    isOver = true
    wake()
  })
  // It is met below.
  done.catch(() => undefined)
  try {
    while (!isOver) {
      const word = words.shift()
      if (word !== undefined) yield word
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    await done
  } finally {
    unheard.abort()
  }
}
