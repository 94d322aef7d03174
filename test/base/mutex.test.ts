import { describe, expect, it } from 'vitest'
import { KeyedMutex } from '../../main/base/mutex.ts'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe('KeyedMutex', () => {
  it('lets one at a time through for a key, in order, and others beside it', async () => {
    const mutex = new KeyedMutex()
    const seen: string[] = []
    const work = (name: string, ms: number) => async () => {
      seen.push(`${name} in`)
      await pause(ms)
      seen.push(`${name} out`)
    }
    await Promise.all([mutex.run('a', work('a1', 30)), mutex.run('a', work('a2', 1)), mutex.run('b', work('b1', 5))])
    expect(seen).toEqual(['a1 in', 'b1 in', 'b1 out', 'a1 out', 'a2 in', 'a2 out'])
  })

  it('goes on after a failure, and tells it to the one who failed only', async () => {
    const mutex = new KeyedMutex()
    const failing = mutex.run('a', () => Promise.reject(new Error('no')))
    const following = mutex.run('a', () => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    await expect(following).resolves.toBe('yes')
  })
})
