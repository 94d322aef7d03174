// @vitest-environment happy-dom
import { answering, draw } from '../../page.tsx'
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { type Change, listVideos, type Video } from '../../../../main/contract/index.ts'
import { useChanges, useEngine } from '../../../../renderer/shared/engine/queries.ts'
import { video } from '../../library/video.ts'

let videos: Video[]
let listed = 0
let publish: (change: Change) => void

function Page() {
  useChanges()
  const { data } = useEngine('videos', listVideos, {})
  return <p>{data?.videos.map(({ title, sceneCount }) => `${title} ${sceneCount}`).join(', ')}</p>
}

beforeEach(async () => {
  videos = ['a', 'b'].map((title) => video(title, { sceneCount: 0 }))
  listed = 0
  const engine = answering({
    'videos.list': () => {
      listed += 1
      return { videos, total: videos.length, totalSeconds: 0 }
    },
    'videos.get': (input) => videos.find(({ videoId }) => videoId === (input as { videoId: string }).videoId),
  })
  engine.follow = (_operation, _input, onEvent) => {
    publish = onEvent as typeof publish
    return () => undefined
  }
  draw(<Page />, engine)
  await screen.findByText('a 0, b 0')
})

function change(videoId: string, now: Partial<Video>): void {
  videos = videos.map((before) => (before.videoId === videoId ? { ...before, ...now } : before))
  act(() => publish({ topic: 'videos', ids: { videoId } }))
}

it('a video that changed is read by itself, and not the whole list', async () => {
  change('b', { sceneCount: 3 })
  await screen.findByText('a 0, b 3')
  change('a', { sceneCount: 1 })
  await screen.findByText('a 1, b 3')
  expect(listed).toBe(1)
})

it('the list is read again when a video came, or may have another place', async () => {
  change('b', { title: 'c' })
  await screen.findByText('a 0, c 0')
  expect(listed).toBe(2)
  videos = [...videos, video('d', { sceneCount: 0 })]
  act(() => publish({ topic: 'videos', ids: { videoId: 'd' } }))
  await screen.findByText('a 0, c 0, d 0')
  await waitFor(() => expect(listed).toBe(3))
})
