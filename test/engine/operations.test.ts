import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operation, streamOperation } from '../../main/contract/index.ts'
import { type Call, Operations } from '../../main/engine/operations.ts'

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

  it('asks for a key, then for the scope, at every door alike', async () => {
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
