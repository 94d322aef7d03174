import { describe, expect, it } from 'vitest'
import { openOrAsk, type Question } from '../../main/app/damaged-library.ts'
import { EngineError, type Snapshot } from '../../main/contract/index.ts'

type Library = 'good' | 'read only' | 'unreadable' | 'open elsewhere'

const SNAPSHOT: Snapshot = {
  name: 'daily-20261128T100000000Z.db',
  madeAt: '2026-11-28T10:00:00.000Z',
  sizeBytes: 1,
  reason: 'daily',
}

/** A window on a library that is in that state, and a person who gives those answers. */
function window(library: Library, { snapshots = [SNAPSHOT], answers = [] as string[] } = {}) {
  const asked: Question[] = []
  const done: string[] = []
  let state = library
  const opening = openOrAsk({
    open: async () => {
      if (state === 'unreadable') throw new EngineError('library_damaged', 'It cannot be read.')
      if (state === 'open elsewhere') throw new EngineError('conflict', 'It is open elsewhere.')
      return state
    },
    isReadOnly: (session) => session === 'read only',
    close: async () => void done.push('closed'),
    snapshots: () => snapshots,
    useSnapshot: async (name) => {
      done.push(`used ${name}`)
      state = 'good'
    },
    ask: async (question) => {
      asked.push(question)
      const answer = answers.shift() ?? ''
      return question.choices.findIndex((choice) => choice.startsWith(answer))
    },
  })
  return { opening, asked, done }
}

describe('a window on a library', () => {
  it('that is good asks nothing', async () => {
    const { opening, asked } = window('good')
    expect(await opening).toBe('good')
    expect(asked).toEqual([])
  })

  it('that can still be read offers the last copy, reading only, and to quit', async () => {
    const { opening, asked, done } = window('read only', { answers: ['Open read only'] })
    expect(await opening).toBe('read only')
    expect(asked[0]?.choices).toEqual([
      expect.stringMatching(/^Use the copy of November 28, 2026/),
      'Open read only',
      'Quit',
    ])
    expect(done).toEqual([])
  })

  it('that can still be read is closed before the copy takes its place, and opened again', async () => {
    const { opening, done } = window('read only', { answers: ['Use the copy'] })
    expect(await opening).toBe('good')
    expect(done).toEqual(['closed', `used ${SNAPSHOT.name}`])
  })

  it('that cannot be read offers the last copy and to quit, with what to do', async () => {
    const { opening, asked, done } = window('unreadable', { answers: ['Use the copy'] })
    expect(await opening).toBe('good')
    expect(asked[0]).toMatchObject({
      detail: 'It cannot be read.',
      choices: [/Use/, 'Quit'].map((choice) => expect.stringMatching(choice) as string),
    })
    expect(done).toEqual([`used ${SNAPSHOT.name}`])
  })

  it('that cannot be read and has no copy only says why', async () => {
    const { opening, asked, done } = window('unreadable', { snapshots: [], answers: ['Quit'] })
    expect(await opening).toBeNull()
    expect(asked[0]?.choices).toEqual(['Quit'])
    expect(done).toEqual([])
  })

  it('is closed when the person quits', async () => {
    const { opening, done } = window('read only', { answers: ['Quit'] })
    expect(await opening).toBeNull()
    expect(done).toEqual(['closed'])
  })

  it('that another process has open is refused', async () => {
    await expect(window('open elsewhere').opening).rejects.toMatchObject({ code: 'conflict' })
  })
})
