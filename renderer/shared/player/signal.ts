/** Calls every listener with each value that is emitted. */
export class Signal<Args extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Args) => void>()

  /** @returns the way to stop it. */
  listen(listener: (...args: Args) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(...args: Args): void {
    for (const listener of this.#listeners) listener(...args)
  }
}
