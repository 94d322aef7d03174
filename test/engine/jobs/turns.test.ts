import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Turns } from '../../../main/engine/jobs/turns.ts'

const TURN_MS = 60_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function turnsOf(othersWait = true) {
  const putBack: string[] = []
  const onRoom = vi.fn()
  const turns = new Turns({ turnMs: TURN_MS, othersWait: () => othersWait, putBack: (id) => putBack.push(id), onRoom })
  /** Begins a job that gets on by so many percent in each turn. */
  const begin = (id: string, percentPerTurn: number): void => {
    const startedAt = Date.now()
    const job = {
      ...{ id, startedAt, begunAt: startedAt },
      get progress() {
        return Math.min(99, (percentPerTurn * (Date.now() - startedAt)) / TURN_MS)
      },
    }
    turns.begin(job, () => Date.now())
  }
  return { turns, begin, putBack, onRoom }
}

const pass = (turns: number): void => void vi.advanceTimersByTime(turns * TURN_MS)

describe('a job that has a place', () => {
  it.each([
    ['will be done in one and a half turns', 40, true],
    ['will be done in two turns', 100 / 3, true],
    ['will be done in four turns', 20, false],
    ['does not say when', 0, false],
  ])('%s (%i percent a turn): keeps it after its turn: %s', (_what, percentPerTurn, keeps) => {
    const { turns, begin, onRoom } = turnsOf()
    begin('long', percentPerTurn)
    pass(1)
    expect(turns.hasPlace('long')).toBe(keeps)
    expect(onRoom).toHaveBeenCalledTimes(keeps ? 0 : 1)
  })

  it('loses it after five turns, however soon it says it is done', () => {
    const { turns, begin } = turnsOf()
    const startedAt = Date.now()
    turns.begin({ id: 'liar', startedAt, begunAt: startedAt, progress: 90 }, () => Date.now())
    begin('other', 50)
    pass(4)
    expect(turns.hasPlace('liar')).toBe(true)
    pass(1)
    expect(turns.hasPlace('liar')).toBe(false)
  })
})

describe('a job whose turn is over while another goes on without a place', () => {
  it('is put back, and begins only when no others wait', () => {
    const { turns, begin, putBack } = turnsOf()
    begin('first', 1)
    begin('second', 1)
    pass(1)
    expect([turns.hasPlace('first'), putBack, turns.late]).toEqual([false, ['second'], ['second']])
    turns.end('second', 'put back')
    expect(turns.late).toEqual(['second'])
    turns.end('second', 'done')
    expect(turns.late).toEqual([])
  })

  it('continues when no job waits', () => {
    const { turns, begin, putBack } = turnsOf(false)
    begin('first', 1)
    begin('second', 1)
    pass(3)
    expect([turns.hasPlace('second'), putBack]).toEqual([true, []])
  })

  it('is waited for when it needs no more than six turns, and for twelve at most', () => {
    const { turns, begin, putBack } = turnsOf()
    begin('first', 1)
    const startedAt = Date.now()
    turns.begin({ id: 'soon', startedAt, begunAt: startedAt, progress: 70 }, () => Date.now())
    pass(11)
    expect(putBack).toEqual([])
    pass(1)
    expect(putBack).toEqual(['soon'])
  })

  it('gives way to the next one once it has ended', () => {
    const { turns, begin } = turnsOf()
    begin('first', 1)
    pass(1)
    turns.end('first', 'done')
    begin('second', 1)
    pass(1)
    expect([turns.hasPlace('first'), turns.hasPlace('second')]).toEqual([true, false])
  })
})
