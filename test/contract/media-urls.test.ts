import { expect, it } from 'vitest'
import { mediaPath, parseMediaPath } from '../../main/contract/media-urls.ts'

const ID = '0b9f4a52-6a43-4c7e-9f0e-1f9d4d1d2c3b'
const OTHER = 'a1b2c3d4-e5f6-4890-abcd-ef1234567890'
const TASK = 'vt_01J0000000000000000000000A'

const parsed = (path: string | null) => {
  const url = new URL(`media://fieldreel${path}`)
  return parseMediaPath(url.pathname, url.searchParams)
}

it('parses every path that it builds', () => {
  const region = { left: 1, top: 2, width: 30, height: 40 }
  expect(
    [
      ...[mediaPath.file(ID), mediaPath.preview(ID), mediaPath.poster(ID, 2), mediaPath.sprite(ID, 1)],
      ...[
        mediaPath.sceneThumbnail(ID),
        mediaPath.item(ID, OTHER, 'media', null),
        mediaPath.item(ID, OTHER, 'thumbnail', 3),
      ],
      ...[mediaPath.taskVideo(TASK), mediaPath.annotated(TASK), mediaPath.taskPicture(TASK, 7)],
      mediaPath.taskPicture(TASK, 7, region),
    ].map(parsed),
  ).toEqual([
    { is: 'file', of: { videoId: ID } },
    ...['preview', 'poster', 'sprite'].map((which) => ({ is: 'derived', of: { videoId: ID, which } })),
    { is: 'sceneThumbnail', of: { sceneId: ID } },
    ...['media', 'thumbnail'].map((which) => ({ is: 'item', of: { albumId: ID, itemId: OTHER, which } })),
    { is: 'taskVideo', of: { taskId: TASK } },
    { is: 'annotated', of: { taskId: TASK } },
    { is: 'taskPicture', of: { taskId: TASK, frame: 7 } },
    { is: 'taskPicture', of: { taskId: TASK, frame: 7, roi: region } },
  ])
})

it('has no poster URL until a poster is made', () => {
  expect(mediaPath.poster(ID, 0)).toBeNull()
})

it('leads nowhere for any other path', () => {
  for (const path of ['/', `/api/v2/videos/${ID}`, `/api/v2/videos/${ID}/file/x`, '/v1/video/tasks/vt_x/video']) {
    expect(parsed(path)).toBeNull()
  }
})
