import path from 'node:path'
import { expect, it } from 'vitest'
import { IdempotencyStore } from '../../../main/engine/system/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const DAY_MS = 86_400_000
const MADE = { status: 201, contentType: 'application/json', body: '{"api_key":"aion_shown_once"}' }

/** Does the work of a claim that is the first. */
async function answer(answers: IdempotencyStore, secret: string, asked: string, given = MADE): Promise<void> {
  const claim = await answers.claim(secret, asked)
  if (claim.kind !== 'first') throw new Error(`It is ${claim.kind}.`)
  claim.settle(given)
}

it('answers a repeat with the first answer, and another question not at all', async () => {
  const answers = new IdempotencyStore(await newDatabase())
  await answer(answers, 'key 1', 'ask')
  expect(await answers.claim('key 1', 'ask')).toEqual({ kind: 'repeat', answer: MADE })
  expect(await answers.claim('key 1', 'ask otherwise')).toEqual({ kind: 'taken' })
  expect((await answers.claim('key 2', 'ask')).kind).toBe('first')
})

it('lets a repeat wait, and do the work itself when the first one failed', async () => {
  const answers = new IdempotencyStore(await newDatabase())
  const first = await answers.claim('key', 'ask')
  const repeats = [answers.claim('key', 'ask'), answers.claim('key', 'ask')]
  expect(await answers.claim('key', 'other')).toEqual({ kind: 'taken' })
  if (first.kind === 'first') first.settle(null)
  const second = await Promise.race(repeats)
  expect(second.kind).toBe('first')
  if (second.kind === 'first') second.settle(MADE)
  const kinds = (await Promise.all(repeats)).map(({ kind }) => kind)
  expect(kinds.sort()).toEqual(['first', 'repeat'])
})

it('knows its answers after a restart, and stores nothing that can be read without the key', async () => {
  const file = path.join(await temporaryFolder(), 'fieldreel.db')
  const before = Database.open(file, schema)
  await answer(new IdempotencyStore(before), 'aion_secret_key repeat-1', 'ask')
  before.close()
  const after = Database.open(file, schema)
  expect(await new IdempotencyStore(after).claim('aion_secret_key repeat-1', 'ask')).toEqual({
    kind: 'repeat',
    answer: MADE,
  })
  const stored = JSON.stringify(after.prepare('SELECT * FROM answers').all())
  for (const secret of [
    'aion_secret_key',
    'repeat-1',
    'aion_shown_once',
    Buffer.from('aion_shown').toString('base64'),
  ]) {
    expect(stored).not.toContain(secret)
  }
  after.close()
})

it('drops answers after a day', async () => {
  let now = 1_000_000_000_000
  const database = await newDatabase()
  const answers = new IdempotencyStore(database, { now: () => now })
  await answer(answers, 'key', 'ask')
  now += DAY_MS - 1
  expect((await answers.claim('key', 'ask')).kind).toBe('repeat')
  now += 1
  await answer(answers, 'key', 'something else')
  expect(database.prepare('SELECT id FROM answers').all()).toHaveLength(1)
})

it('drops the oldest when they hold too many bytes', async () => {
  let now = 1_000_000_000_000
  const database = await newDatabase()
  const answers = new IdempotencyStore(database, { now: () => (now += 1), keptBytes: 1_000_000 })
  for (let i = 0; i < 400; i++) await answer(answers, `key ${i}`, 'ask', { ...MADE, body: 'x'.repeat(6000) })
  const { bytes } = database.prepare<{ bytes: number }>('SELECT sum(length(body)) AS bytes FROM answers').get() ?? {}
  expect(bytes).toBeLessThanOrEqual(1_000_000)
  expect(bytes).toBeGreaterThan(100_000)
  expect((await answers.claim('key 399', 'ask')).kind).toBe('repeat')
  expect((await answers.claim('key 0', 'ask')).kind).toBe('first')
})

it('does the work again when the stored row is damaged', async () => {
  const database = await newDatabase()
  const answers = new IdempotencyStore(database)
  await answer(answers, 'key', 'ask')
  for (const body of ['', 'AAAA', 'AAAA AAAA AAAA', 'not base64 at all']) {
    database.prepare('UPDATE answers SET body = :body').run({ body })
    const claim = await answers.claim('key', 'ask')
    expect(claim.kind).toBe('first')
    if (claim.kind === 'first') claim.settle(null)
  }
})
