import { describe, expect, it, vi } from 'vitest'
import { Turns } from '../../../main/engine/jobs/turns.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const TURN_MS = 60_000

function turnsOf(othersWait = true) {
  const putBack: string[] = []
  const onRoom = vi.fn()
  const clock = new ManualClock()
  const turns = new Turns({
    ...{ clock, turnMs: TURN_MS, onRoom },
    othersWait: () => othersWait,
    putBack: (id) => putBack.push(id),
  })
  /** Begins a job that gets on by so many percent in each turn. */
  const begin = (id: string, percentPerTurn: number): void => {
    const startedAt = clock.now()
    const job = {
      ...{ id, startedAt, begunAt: clock.monotonic() },
      get progress() {
        return Math.min(99, (percentPerTurn * (clock.now() - startedAt)) / TURN_MS)
      },
    }
    turns.begin(job)
  }
  const pass = (count: number) => clock.advance(count * TURN_MS)
  return { turns, begin, putBack, onRoom, clock, pass }
}

describe('a job that has a place', async () => {
  it.each([
    ['will be done in one and a half turns', 40, true],
    ['will be done in two turns', 100 / 3, true],
    ['will be done in four turns', 20, false],
    ['does not say when', 0, false],
  ])('%s (%i percent a turn): keeps it after its turn: %s', async (_what, percentPerTurn, keeps) => {
    const { turns, begin, onRoom, pass } = turnsOf()
    begin('long', percentPerTurn)
    await pass(1)
    expect(turns.hasPlace('long')).toBe(keeps)
    expect(onRoom).toHaveBeenCalledTimes(keeps ? 0 : 1)
  })

  it('loses it after five turns, however soon it says it is done', async () => {
    const { turns, begin, pass, clock } = turnsOf()
    turns.begin({ id: 'liar', startedAt: clock.now(), begunAt: clock.monotonic(), progress: 90 })
    begin('other', 50)
    await pass(4)
    expect(turns.hasPlace('liar')).toBe(true)
    await pass(1)
    expect(turns.hasPlace('liar')).toBe(false)
  })
})

describe('a job whose turn is over while another goes on without a place', async () => {
  it('is put back, and begins only when no others wait', async () => {
    const { turns, begin, putBack, pass } = turnsOf()
    begin('first', 1)
    begin('second', 1)
    await pass(1)
    expect([turns.hasPlace('first'), putBack, turns.late]).toEqual([false, ['second'], ['second']])
    turns.end('second', 'put back')
    expect(turns.late).toEqual(['second'])
    turns.end('second', 'done')
    expect(turns.late).toEqual([])
  })

  it('continues when no job waits', async () => {
    const { turns, begin, putBack, pass } = turnsOf(false)
    begin('first', 1)
    begin('second', 1)
    await pass(3)
    expect([turns.hasPlace('second'), putBack]).toEqual([true, []])
  })

  it('is waited for when it needs no more than six turns, and for twelve at most', async () => {
    const { turns, begin, putBack, pass, clock } = turnsOf()
    begin('first', 1)
    turns.begin({ id: 'soon', startedAt: clock.now(), begunAt: clock.monotonic(), progress: 70 })
    await pass(11)
    expect(putBack).toEqual([])
    await pass(1)
    expect(putBack).toEqual(['soon'])
  })

  it('gives way to the next one once it has ended', async () => {
    const { turns, begin, pass } = turnsOf()
    begin('first', 1)
    await pass(1)
    turns.end('first', 'done')
    begin('second', 1)
    await pass(1)
    expect([turns.hasPlace('first'), turns.hasPlace('second')]).toEqual([true, false])
  })
})
