import { expect, test } from 'vitest'
import { rejectionMessages } from '../../../../renderer/shared/media/rejections.ts'

const refused = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `/card/note${index}.txt`, reason: `Reason ${index}.` }))

test('up to three rejections are shown one by one, in the engine’s words', () => {
  expect(rejectionMessages(refused(3))).toEqual(['Reason 0.', 'Reason 1.', 'Reason 2.'])
  expect(rejectionMessages([])).toEqual([])
})

test('more are shown in one message that names the first three and the first reason', () => {
  const [message, ...others] = rejectionMessages(refused(5))
  expect(others).toEqual([])
  expect(message).toMatch(/^5 files were not added/)
  expect(message).toContain('note0.txt')
  expect(message).toContain('2 more. Reason 0.')
})
