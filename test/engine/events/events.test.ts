import { describe, expect, it, onTestFinished, vi } from 'vitest'
import pino from 'pino'
import { Events, type StoredEvent } from '../../../main/engine/events/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

const log = pino({ level: 'silent' })

function newEvents(database: Database): Events {
  const events = new Events({ database, log })
  onTestFinished(() => events.stop())
  return events
}

/** Follows `added` and answers the subjects that were handed over. */
function follow(events: Events, name = 'index'): string[] {
  const seen: string[] = []
  events.follow(name, ['added'], (batch) => void seen.push(...batch.map(({ subjectId }) => subjectId)))
  return seen
}

const added = (subjectId: string) => ({ kind: 'added', subjectId })
const kept = (database: Database) => database.prepare<{ subject_id: string }>('SELECT subject_id FROM events').all()

describe('listeners in the transaction', () => {
  it('write in the transaction of the change, and undo it by throwing', async () => {
    const database = await newDatabase()
    const events = newEvents(database)
    const put = database.prepare('INSERT INTO settings (name, value) VALUES (:name, 1)')
    events.inTransaction(['added'], ({ subjectId }) => void put.run({ name: `seen ${subjectId}` }))
    events.inTransaction(['added'], ({ subjectId }) => {
      if (subjectId === 'bad') throw new Error('refused')
    })
    const change = (subjectId: string) =>
      database.transaction(() => {
        put.run({ name: subjectId })
        events.publish(added(subjectId))
      })
    change('good')
    expect(() => change('bad')).toThrow('refused')
    expect(database.prepare('SELECT name FROM settings').all()).toEqual([{ name: 'good' }, { name: 'seen good' }])
  })
})

describe('listeners after the commit', () => {
  it('get what was committed, in order, and nothing that was rolled back', async () => {
    const database = await newDatabase()
    const events = newEvents(database)
    const heard: string[] = []
    events.afterCommit(({ subjectId }) => void heard.push(subjectId))
    const roll = () =>
      database.transaction(() => {
        events.publish(added('undone'))
        throw new Error('rolled back')
      })
    expect(roll).toThrow('rolled back')
    database.transaction(() => {
      events.publish(added('one'))
      events.publish(added('two'))
      expect(heard).toEqual([])
    })
    expect(heard).toEqual(['one', 'two'])
  })

  it('that fail do not fail the change', async () => {
    const database = await newDatabase()
    const events = newEvents(database)
    const heard = vi.fn()
    events.afterCommit(() => {
      throw new Error('broken')
    })
    events.afterCommit(heard)
    events.publish(added('one'))
    expect(heard).toHaveBeenCalledOnce()
  })
})

describe('followers', () => {
  it('get every event of their kinds in order', async () => {
    const events = newEvents(await newDatabase())
    const seen = follow(events)
    events.start()
    const all = Array.from({ length: 250 }, (_, i) => String(i))
    for (const subjectId of all) {
      events.publish(added(subjectId))
      events.publish({ kind: 'other', subjectId })
    }
    await until('all events', () => seen.length === 250)
    expect(seen).toEqual(all)
  })

  it('get after a crash what was committed before it', async () => {
    const database = await newDatabase()
    const before = newEvents(database)
    follow(before)
    before.publish(added('committed'))
    // The process ends here: nothing was started, nothing handed over.
    const after = newEvents(database)
    const seen = follow(after)
    after.start()
    await until('the event', () => seen.length === 1)
    expect(seen).toEqual(['committed'])
  })

  it('get again what their handler failed on', async () => {
    const waiting: (() => void)[] = []
    const clock = {
      now: Date.now,
      monotonic: Date.now,
      setTimeout: (work: () => void) => (waiting.push(work), () => undefined),
    }
    const events = new Events({ database: await newDatabase(), log, clock })
    onTestFinished(() => events.stop())
    const seen: StoredEvent[][] = []
    events.follow('index', ['added'], (batch) => {
      seen.push([...batch])
      if (seen.length === 1) throw new Error('not now')
    })
    events.start()
    events.publish({ ...added('one'), details: { size: 3 } })
    await until('the failure', () => waiting.length === 1)
    waiting[0]!()
    await until('the second try', () => seen.length === 2)
    expect(seen[1]).toEqual(seen[0])
    expect(seen[0]).toMatchObject([{ kind: 'added', subjectId: 'one', details: { size: 3 } }])
  })

  it('that come later get the events from then on', async () => {
    const database = await newDatabase()
    const before = newEvents(database)
    follow(before, 'slow')
    before.publish(added('early'))
    const after = newEvents(database)
    follow(after, 'slow')
    const seen = follow(after, 'late')
    after.publish(added('next'))
    after.start()
    await until('the event', () => seen.length === 1)
    expect(seen).toEqual(['next'])
  })

  it('let go of events that all of them handled, and of those nobody follows any more', async () => {
    const database = await newDatabase()
    const before = newEvents(database)
    follow(before, 'retired')
    const seen = follow(before)
    before.publish(added('one'))
    before.start()
    await until('the trimming', () => kept(database).length === 0)
    await before.stop()
    expect(seen).toEqual(['one'])
    before.publish(added('two'))
    const after = newEvents(database)
    const again = follow(after)
    after.start()
    await until('the trimming', () => kept(database).length === 0)
    expect(again).toEqual(['two'])
    after.publish({ kind: 'other', subjectId: 'three' })
    expect(kept(database)).toEqual([])
  })
})
