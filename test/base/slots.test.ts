import { expect, it } from 'vitest'
import { Slots } from '../../main/base/slots.ts'

const LIMITS = { inAll: 3, each: 2, waiting: 3, waitingEach: 2, waitMs: 60 }

async function full() {
  const slots = new Slots(LIMITS)
  const places = await Promise.all(['a', 'a', 'b'].map((taker) => slots.take(taker)))
  expect(places).not.toContain(null)
  return { slots, places: places.map((place) => place!) }
}

it('lets in as many as there are, and of one taker fewer', async () => {
  const slots = new Slots({ ...LIMITS, waitMs: 0 })
  expect(await slots.take('a')).not.toBeNull()
  expect(await slots.take('a')).not.toBeNull()
  expect(await slots.take('a')).toBeNull()
  expect(await slots.take('b')).not.toBeNull()
  expect(await slots.take('c')).toBeNull()
  expect(slots.inAll).toBe(3)
})

it('hands a place on in the order of waiting, past those who have theirs', async () => {
  const { slots, places } = await full()
  const order: string[] = []
  const wait = (taker: string) => slots.take(taker).then((place) => order.push(`${taker} ${place ? 'in' : 'away'}`))
  const waiting = [wait('a'), wait('c'), wait('d')]
  places[2]?.()
  await waiting[1]
  expect(order).toEqual(['c in'])
  places[0]?.()
  await waiting[0]
  await waiting[2]
  expect(order).toEqual(['c in', 'a in', 'd away'])
  expect(slots.waiting).toBe(0)
})

it('sends the one too many away at once, and of one taker earlier', async () => {
  const { slots } = await full()
  const start = performance.now()
  const waiting = [slots.take('a'), slots.take('a')]
  expect(await slots.take('a')).toBeNull()
  const last = slots.take('c')
  expect(await slots.take('d')).toBeNull()
  expect(performance.now() - start).toBeLessThan(LIMITS.waitMs)
  expect(await Promise.all([...waiting, last])).toEqual([null, null, null])
})

it('counts a place that is given back twice once', async () => {
  const { slots, places } = await full()
  places[0]?.()
  places[0]?.()
  expect(slots.inAll).toBe(2)
})

it('gives no slot to a taker that stopped waiting', async () => {
  const { slots, places } = await full()
  const gone = new AbortController()
  const waiting = slots.take('c', gone.signal)
  gone.abort()
  expect(await waiting).toBeNull()
  places[0]?.()
  expect([slots.inAll, slots.waiting]).toEqual([2, 0])
})
