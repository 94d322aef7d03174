// @vitest-environment happy-dom
import { answering, draw } from '../../page.tsx'
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { type Change, listVideos, type Video } from '../../../../main/contract/index.ts'
import { useChanges, useEngine } from '../../../../renderer/shared/engine/queries.ts'
import { useVideo } from '../../../../renderer/shared/engine/videos.ts'
import { video } from '../../library/video.ts'

let videos: Video[]
let listed: number
let asked: string[][]
let publish: (change: Change) => void

function One({ id }: { id: string }) {
  const { data } = useVideo(id)
  return <p>{data && `${data.title} ${data.sceneCount}`}</p>
}

function Page() {
  useChanges()
  useEngine('videos', listVideos, {})
  return ['a', 'b', 'c'].map((id) => <One key={id} id={id} />)
}

beforeEach(async () => {
  videos = ['a', 'b', 'c'].map((title) => video(title, { sceneCount: 0 }))
  listed = 0
  asked = []
  const engine = answering({
    'videos.list': () => {
      listed += 1
      return { videos, total: videos.length, totalSeconds: 0 }
    },
    'videos.getMany': (input) => {
      const { videoIds } = input as { videoIds: string[] }
      asked.push(videoIds)
      return { videos: videos.filter(({ videoId }) => videoIds.includes(videoId)) }
    },
  })
  engine.follow = (_operation, _input, onEvent) => {
    publish = onEvent as typeof publish
    return () => undefined
  }
  draw(<Page />, engine)
  await screen.findByText('c 0')
})

it('videos that come into sight together are asked for together', () => {
  expect(asked).toEqual([['a', 'b', 'c']])
})

it('a video that changed is read by itself', async () => {
  videos = videos.map((one) => (one.videoId === 'b' ? { ...one, sceneCount: 3 } : one))
  act(() => publish({ topic: 'videos', ids: { videoId: 'b' } }))
  await screen.findByText('b 3')
  expect(asked).toEqual([['a', 'b', 'c'], ['b']])
})

it('a burst of changes reads the lists once and once more', async () => {
  const before = listed
  for (let change = 0; change < 20; change += 1) act(() => publish({ topic: 'videos', ids: { videoId: 'b' } }))
  await waitFor(() => expect(listed).toBeGreaterThan(before), { timeout: 5000 })
  expect(listed - before).toBeLessThanOrEqual(2)
})
