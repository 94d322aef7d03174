// @vitest-environment happy-dom
import { answering, draw } from '../../page.tsx'
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { type Change, getTask, listTasks, listVideos } from '../../../../main/contract/index.ts'
import { isStale, useChanges, useEngine } from '../../../../renderer/shared/engine/queries.ts'

const asked: string[] = []
let publish: (change: Change) => void

function Page() {
  useChanges()
  const one = useEngine('tasks', getTask, { taskId: 'vt_1' })
  const other = useEngine('tasks', getTask, { taskId: 'vt_2' })
  const list = useEngine('tasks', listTasks, { mediaId: 'video', limit: 5 })
  const videos = useEngine('videos', listVideos, { limit: 1 })
  return <p>{[one, other, list, videos].every(({ isSuccess }) => isSuccess) && 'ready'}</p>
}

beforeEach(async () => {
  const note = (name: string) => (input: unknown) => {
    const { taskId = '' } = input as { taskId?: string }
    asked.push(`${name} ${taskId}`.trim())
    return {}
  }
  const engine = answering({
    'tasks.get': note('tasks.get'),
    'tasks.list': note('tasks.list'),
    'videos.list': note('videos.list'),
  })
  engine.follow = (_operation, _input, onEvent) => {
    publish = onEvent as typeof publish
    return () => undefined
  }
  draw(<Page />, engine)
  await screen.findByText('ready')
  asked.length = 0
})

it('a change of one task reads that task and the lists again, and no other task', async () => {
  act(() => publish({ topic: 'tasks', ids: { taskId: 'vt_1' } }))
  await waitFor(() => expect(asked.toSorted()).toEqual(['tasks.get vt_1', 'tasks.list']))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked.toSorted()).toEqual(['tasks.get vt_1', 'tasks.list'])
})

it('a change that names nothing reads everything of its topic again', async () => {
  act(() => publish({ topic: 'tasks', ids: {} }))
  await waitFor(() => expect(asked.toSorted()).toEqual(['tasks.get vt_1', 'tasks.get vt_2', 'tasks.list']))
})

it('leaves alone only what names another thing of the same kind', () => {
  const change = { topic: 'bookmarks', ids: { videoId: 'a' } }
  expect(isStale(['bookmarks', 'bookmarks.list', { videoId: 'a' }], change)).toBe(true)
  expect(isStale(['bookmarks', 'bookmarks.list', { videoId: 'b' }], change)).toBe(false)
  expect(isStale(['bookmarks', 'bookmarks.get', { bookmarkId: 'b' }], change)).toBe(true)
  expect(isStale(['bookmarks', 'bookmarks.totals', { videoId: null }], change)).toBe(true)
  expect(isStale(['bookmarks', 'bookmarks.all'], change)).toBe(true)
  expect(isStale(['videos', 'videos.get', { videoId: 'a' }], change)).toBe(false)
})
