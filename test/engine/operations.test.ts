import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { EngineError, operation, streamOperation } from '../../main/contract/index.ts'
import { type Call, type AuditRecorder, type StorageCheck, Operations } from '../../main/engine/operations.ts'

const double = operation('test.double', {
  summary: 'Twice a number.',
  scope: 'read',
  input: z.object({ value: z.int().max(100) }),
  output: z.object({ value: z.int() }),
})
const count = streamOperation('test.count', {
  summary: 'Counts.',
  scope: 'write',
  input: z.object({ to: z.int() }),
  event: z.int(),
})

function callWith(scopes: Array<'read' | 'write' | 'admin'>, userId: string | null = 'somebody'): Call {
  return { signal: new AbortController().signal, caller: { door: 'window', userId, scopes: new Set(scopes) } }
}

function operations(): Operations {
  return new Operations()
    .implement(double, ({ value }) => ({ value: value * 2 }))
    .implementStream(count, async function* ({ to }) {
      for (let value = 1; value <= to; value += 1) yield await Promise.resolve(value)
    })
}

describe('the registry of operations', () => {
  it('answers with what the handler says', async () => {
    expect(await operations().run(double, { value: 21 }, callWith(['read']))).toEqual({ value: 42 })
  })

  it('names the field of a wrong input', async () => {
    await expect(operations().run(double, { value: 101 }, callWith(['read']))).rejects.toMatchObject({
      code: 'invalid_input',
      details: { fields: [{ field: 'value' }] },
    })
  })

  it('asks for a key, then for the scope, in every transport', async () => {
    await expect(operations().run(double, { value: 1 }, callWith([], null))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(operations().run(double, { value: 1 }, callWith(['write']))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const stream = operations().follow(count, { to: 3 }, callWith(['read']))
    await expect(stream.next()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('streams events', async () => {
    const seen: number[] = []
    for await (const value of operations().follow(count, { to: 3 }, callWith(['write']))) seen.push(value)
    expect(seen).toEqual([1, 2, 3])
  })

  it('refuses a second handler and names a missing one', () => {
    expect(() => operations().implement(double, ({ value }) => ({ value }))).toThrow(
      'test.double already has a handler',
    )
    expect(() => new Operations().assertComplete([double, count])).toThrow('No handler for test.double, test.count')
  })
})

describe('the admission check before the library', () => {
  const put = operation('test.put', {
    summary: 'Puts a number.',
    scope: 'write',
    input: z.object({ value: z.int() }),
    output: z.object({}),
  })
  const closed = new EngineError('library_damaged', 'Nothing may be changed now.')
  const known = new EngineError('storage_refused', 'The folder is not there.')
  const gate: StorageCheck = {
    assertWritable: () => {
      throw closed
    },
    synced: () => Promise.resolve(),
    explain: (error) => (error instanceof EngineError ? error : known),
  }
  const fails = (): never => {
    throw new TypeError('whatever')
  }

  function gated(handler: () => Record<string, never>, deeds: AuditRecorder | null = null): Operations {
    const all = new Operations().implement(put, handler).implement(double, fails)
    if (deeds) all.recordIn(deeds)
    all.implementStream(count, async function* () {
      yield await Promise.resolve(1)
      fails()
    })
    return all
  }

  it('keeps changes out, and lets questions through', async () => {
    const handler = vi.fn(() => ({}))
    const all = gated(handler)
    all.checkStorageWith(gate)
    await expect(all.run(put, { value: 1 }, callWith(['write']))).rejects.toBe(closed)
    expect(handler).not.toHaveBeenCalled()
    await expect(all.run(double, { value: 1 }, callWith(['read']))).rejects.toBe(known)
  })

  it('answers a change once it is on the disk, and a question at once', async () => {
    const all = gated(() => ({}))
    all.checkStorageWith({ ...gate, assertWritable: () => undefined, synced: () => Promise.reject(closed) })
    await expect(all.run(put, { value: 1 }, callWith(['write']))).rejects.toBe(closed)
    await expect(all.run(double, { value: 1 }, callWith(['read']))).rejects.toBe(known)
  })

  it('tells nothing of the library to who may not change it, or asks for what is no input', async () => {
    const all = gated(() => ({}))
    all.checkStorageWith(gate)
    await expect(all.run(put, { value: 1 }, callWith([], null))).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(all.run(put, { value: 1 }, callWith(['read']))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(all.run(put, {}, callWith(['write']))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(all.run(put, {}, callWith(['read']))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('says of every failure what it really was, also in the middle of a stream', async () => {
    const all = gated(fails)
    all.checkStorageWith({ ...gate, assertWritable: () => undefined })
    await expect(all.run(put, { value: 1 }, callWith(['write']))).rejects.toBe(known)
    const stream = all.follow(count, { to: 3 }, callWith(['write']))
    expect(await stream.next()).toMatchObject({ value: 1 })
    await expect(stream.next()).rejects.toBe(known)
  })

  it('is told to the record: what was asked by whom, how it went, and never the input of who may not ask', async () => {
    const told: unknown[][] = []
    const deeds: AuditRecorder = {
      begin: ({ name }, { userId }) => {
        told.push(['begin', name, userId])
        return {
          understood: (input) => told.push(['understood', input]),
          done: (output) => told.push(['done', output]),
          failed: (error) => told.push(['failed', error]),
        }
      },
    }
    const all = gated(() => ({}), deeds)
    await all.run(put, { value: 7 }, callWith(['write']))
    expect(told.splice(0)).toEqual([
      ['begin', 'test.put', 'somebody'],
      ['understood', { value: 7 }],
      ['done', {}],
    ])
    await expect(all.run(put, { value: 7 }, callWith([], null))).rejects.toThrow()
    expect(told.splice(0)).toEqual([
      ['begin', 'test.put', null],
      ['failed', expect.objectContaining({ code: 'unauthenticated' })],
    ])
    all.checkStorageWith(gate)
    await expect(all.run(double, { value: 1 }, callWith(['read']))).rejects.toThrow()
    expect(told.at(-1)).toEqual(['failed', known])
  })
})
