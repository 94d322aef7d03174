import { expect, it } from 'vitest'
import { shownValue } from '../../main/contract/index.ts'
import { HOSTILE_NAMES, RAW } from '../support/hostile-names.ts'

it.each(HOSTILE_NAMES)('every text of an answer with a name that %s is fit to be shown', (_does, name) => {
  const answer = { id: 1, output: { videos: [{ title: name, tags: ['gate', name], count: 2, none: null }] } }
  const shown = shownValue(answer)
  const [video] = shown.output.videos
  for (const text of [video?.title, video?.tags[1]]) expect(text).not.toMatch(RAW)
  expect(video).toMatchObject({ count: 2, none: null, tags: ['gate', expect.any(String)] })
})

it('an answer that needs no change is the very same object, bytes and dates included', () => {
  const answer = { id: 1, output: { title: 'East gate\nat noon', bytes: new Uint8Array([1, 2]), at: new Date(0) } }
  expect(shownValue(answer)).toBe(answer)
})

it('bytes beside a text that is changed stay as they are', () => {
  const bytes = new Uint8Array([1, 2])
  const shown = shownValue({ title: 'a\u202eb', bytes })
  expect(shown.title).toBe('a\\u202eb')
  expect(shown.bytes).toBe(bytes)
})
