import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { inOrder } from '../../main/base/in-order.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('releases what it has handed on, so that hours of film take no more memory than minutes', async () => {
  const results: WeakRef<object>[] = []
  const left: number[] = []
  await inOrder(
    Array.from({ length: 20 }, (_, index) => index),
    { parallel: 2 },
    async (index) => {
      const result = { pixels: new Uint8Array(1000), index }
      results.push(new WeakRef(result))
      // A turn of its own, as reading a file takes: a weak reference holds within the turn it was made in.
      await new Promise((resolve) => setTimeout(resolve, 5))
      collectGarbage()
      left.push(results.filter((reference) => reference.deref() !== undefined).length)
      return result
    },
    () => undefined,
  )
  expect(Math.max(...left)).toBeLessThan(8)
})
