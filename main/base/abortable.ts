/**
 * The outcome of a promise, or a rejection with the signal's reason as soon as the signal aborts; the work behind the
 * promise is not stopped. Each call has its own promise: racing many against one promise of the abort would keep all of
 * their values in memory until it settles.
 */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
