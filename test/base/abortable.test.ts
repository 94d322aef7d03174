import { describe, expect, it } from 'vitest'
import { raceAbort } from '../../main/base/abortable.ts'

const never = new Promise<never>(() => undefined)

describe('raceAbort', () => {
  it('gives the outcome of the promise', async () => {
    const { signal } = new AbortController()
    expect(await raceAbort(Promise.resolve(1), signal)).toBe(1)
    expect(await raceAbort(Promise.resolve(2), undefined)).toBe(2)
    await expect(raceAbort(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed')
  })

  it('rejects with the reason at once when the signal aborts, and when it has aborted before', async () => {
    const controller = new AbortController()
    const waiting = raceAbort(never, controller.signal)
    controller.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    await expect(raceAbort(never, controller.signal)).rejects.toThrow('stopped')
  })

  it('leaves no unhandled rejection when the promise fails after the abort', async () => {
    const controller = new AbortController()
    let fail = (_error: Error): void => undefined
    const late = new Promise<never>((_resolve, reject) => (fail = reject))
    const waiting = raceAbort(late, controller.signal)
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    fail(new Error('late'))
    await new Promise(setImmediate)
  })
})
