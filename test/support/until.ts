import { setTimeout as pause } from 'node:timers/promises'

/** Waits until `look` answers something; fails with `what` after `limitMs`. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain for ${what}`)
    await pause(20)
  }
}
