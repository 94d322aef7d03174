import { expect, test } from 'vitest'
import { mediaPath } from '../../../../main/contract/media-urls.ts'
import { playsPreview } from '../../../../renderer/shared/media/preview.ts'

const ID = '0f9c2f8e-5f44-4a73-9f68-1f0f1c3c6d02'

test('tells a copy that was encoded anew from the file itself', () => {
  expect(playsPreview({ playableUrl: mediaPath.preview(ID) })).toBe(true)
  expect(playsPreview({ playableUrl: mediaPath.file(ID) })).toBe(false)
  expect(playsPreview({ playableUrl: null })).toBe(false)
})
