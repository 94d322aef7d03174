import { expect, test } from 'vitest'
import { tagProblem } from '../../../renderer/features/library/tag-rules.ts'

test('letters of any language, digits, spaces, - and _ make a tag', () => {
  for (const tag of ['gate', ' Straße 12 ', '現場_1', 'A-38']) expect(tagProblem(tag, [])).toBeNull()
})

test('says what is wrong', () => {
  expect(tagProblem('  ', [])).toMatch(/first/)
  expect(tagProblem('a/b', [])).toMatch(/letters/)
  expect(tagProblem('x'.repeat(51), [])).toMatch(/50/)
  expect(tagProblem('x'.repeat(50), [])).toBeNull()
  expect(tagProblem(' gate', ['gate'])).toMatch(/already/)
})

test('twenty tags are enough', () => {
  const tags = Array.from({ length: 20 }, (_, index) => `tag ${index}`)
  expect(tagProblem('one more', tags)).toMatch(/20/)
  expect(tagProblem('one more', tags.slice(1))).toBeNull()
})
