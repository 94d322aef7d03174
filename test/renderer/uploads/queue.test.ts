import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beforeIdOf, placesInLine, withMoved } from '../../../renderer/features/uploads/queue.ts'
import { anImport } from './samples.ts'

const line = (...ids: readonly string[]) => ids.map((importId) => anImport({ importId, filename: importId }))
const names = (imports: ReturnType<typeof line>) => imports.map(({ importId }) => importId).join('')

test('a row dropped on another takes its place: behind it on the way down, before it on the way up', () => {
  const abcd = line('a', 'b', 'c', 'd')
  expect(beforeIdOf(abcd, 'd', 'b')).toBe('b')
  expect(beforeIdOf(abcd, 'a', 'c')).toBe('d')
  expect(beforeIdOf(abcd, 'a', 'd')).toBeNull()
})

test('a row dropped where it was, or on something that left the line, stays', () => {
  const abc = line('a', 'b', 'c')
  expect(beforeIdOf(abc, 'b', 'b')).toBeUndefined()
  expect(beforeIdOf(abc, 'b', 'gone')).toBeUndefined()
  expect(beforeIdOf(abc, 'gone', 'b')).toBeUndefined()
})

test('wherever a row is dropped, it ends at the place of what it was dropped on, and the others keep their order', () => {
  const cases = fc
    .integer({ min: 2, max: 12 })
    .chain((length) => fc.tuple(fc.constant(length), fc.nat(length - 1), fc.nat(length - 1)))
  fc.assert(
    fc.property(cases, ([length, from, to]) => {
      fc.pre(from !== to)
      const ids = Array.from({ length }, (_, index) => `id${index}`)
      const before = beforeIdOf(line(...ids), `id${from}`, `id${to}`)
      const moved = withMoved(line(...ids), `id${from}`, before ?? null).map(({ importId }) => importId)
      expect(moved.indexOf(`id${from}`)).toBe(to)
      expect(moved.filter((id) => id !== `id${from}`)).toEqual(ids.filter((id) => id !== `id${from}`))
    }),
  )
})

test('what it should go before may have ended meanwhile: then nothing moves', () => {
  expect(names(withMoved(line('a', 'b', 'c'), 'a', 'gone'))).toBe('abc')
  expect(names(withMoved(line('a', 'b', 'c'), 'a', null))).toBe('bca')
})

test('counts only waiting files; paused, blocked and running ones are left out', () => {
  const places = placesInLine([
    anImport({ importId: 'running', status: 'uploading' }),
    anImport({ importId: 'held', status: 'paused' }),
    anImport({ importId: 'next' }),
    anImport({ importId: 'blocked', waitingFor: 'source' }),
    anImport({ importId: 'later' }),
  ])
  expect([...places]).toEqual([
    ['next', 0],
    ['later', 1],
  ])
})
