import type { z } from 'zod'
import {
  type Done,
  EngineError,
  isReading,
  type AnyOperation,
  type Operation,
  type Scope,
  type StreamOperation,
} from '../contract/index.ts'

export type Door = 'window' | 'command' | 'aionvision' | 'ainative' | 'visowork' | 'public'

/** Who calls. `userId` is null for callers without a key. */
export interface Caller {
  readonly door: Door
  readonly userId: string | null
  readonly scopes: ReadonlySet<Exclude<Scope, 'none'>>
  /** They use a signed link: `userId` is the user it was signed for, not the caller. */
  readonly byLink?: boolean
}

export interface Call {
  readonly signal: AbortSignal
  readonly caller: Caller
}

export type Handler<I extends z.ZodType, O extends z.ZodType> = (
  input: z.output<I>,
  call: Call,
) => z.output<O> | Promise<z.output<O>>
export type StreamHandler<I extends z.ZodType, E extends z.ZodType> = (
  input: z.output<I>,
  call: Call,
) => AsyncIterable<z.output<E>>

/** One run of an operation, for the audit log. None of its methods throws. */
export interface AuditedRun {
  /** The caller may do it, and this is what they ask. */
  understood(input: unknown): void
  done(output: unknown): void
  failed(error: unknown): void
}

/** Writes what callers do into the audit log. */
export interface AuditRecorder {
  /** Called before the caller's scopes are checked; null when this operation is not recorded. */
  begin(operation: Operation, caller: Caller): AuditedRun | null
}

/** Whether the library can be written to now. */
export interface StorageCheck {
  /** Asked before an operation that changes something. @throws EngineError when nothing may be changed now. */
  assertWritable(): void
  /** Asked after it: resolves once all that was changed is on the disk. @throws EngineError when that fails. */
  synced(): Promise<void>
  /** Replaces an error by its real cause, where that is known. */
  explain(error: unknown): unknown
}

const OPEN: StorageCheck = {
  assertWritable: () => undefined,
  synced: () => Promise.resolve(),
  explain: (error) => error,
}

/**
 * Maps every operation of the contract to its one handler. Transports only call `run` and `follow`;
 * what a caller may do is decided here, so that no transport can forget the check.
 */
export class Operations {
  readonly #answers = new Map<string, { operation: Operation; handler: Handler<z.ZodType, z.ZodType> }>()
  readonly #streams = new Map<string, { operation: StreamOperation; handler: StreamHandler<z.ZodType, z.ZodType> }>()
  #audit: AuditRecorder | null = null
  #storage: StorageCheck = OPEN

  /** From now on every run of an operation with an audit rule is recorded. */
  recordIn(audit: AuditRecorder): void {
    this.#audit = audit
  }

  /** From now on every operation asks `check` first. */
  checkStorageWith(check: StorageCheck): void {
    this.#storage = check
  }

  /** Registers the handler of an operation. @throws Error when it has one already. */
  implement<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, handler: Handler<I, O>): this {
    this.#assertFree(operation)
    this.#answers.set(operation.name, { operation, handler: handler })
    return this
  }

  /** Registers what an operation does that answers nothing but that it is done. @throws Error when it has a handler already. */
  perform<I extends z.ZodType>(
    operation: Operation<I, typeof Done>,
    work: (input: z.output<I>, call: Call) => unknown,
  ): this {
    return this.implement(operation, async (input, call) => {
      await work(input, call)
      return { done: true as const }
    })
  }

  /** Registers the handler of a stream. @throws Error when it has one already. */
  implementStream<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    handler: StreamHandler<I, E>,
  ): this {
    this.#assertFree(operation)
    this.#streams.set(operation.name, { operation, handler: handler as StreamHandler<z.ZodType, z.ZodType> })
    return this
  }

  /** @throws Error naming every operation of the contract that has no handler. */
  assertComplete(contract: readonly AnyOperation[]): void {
    const missing = contract.map(({ name }) => name).filter((name) => !this.#find(name))
    if (missing.length > 0)
      throw new Error(`No handler for ${missing.join(', ')}. Implement it in its domain and compose it.`)
  }

  /** The operation of that name, for transports that call by name. */
  find(name: string): AnyOperation | undefined {
    return this.#find(name)?.operation
  }

  /**
   * Asks one question.
   * @throws EngineError `invalid_input`, `unauthenticated`, `forbidden`, or what its handler throws.
   */
  async run<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: unknown,
    call: Call,
  ): Promise<z.output<O>> {
    const entry = this.#answers.get(operation.name)
    if (!entry) throw new EngineError('not_found', `There is no operation ${operation.name}.`)
    const run = this.#audit?.begin(entry.operation, call.caller)
    try {
      assertAllowed(entry.operation, call.caller)
      const parsed = parseInput(entry.operation, input)
      run?.understood(parsed)
      if (!isReading(entry.operation)) this.#storage.assertWritable()
      const output = await entry.handler(parsed, call)
      // What was answered is not lost, whoever committed it.
      if (!isReading(entry.operation)) await this.#storage.synced()
      run?.done(output)
      return output as z.output<O>
    } catch (error) {
      const explained = this.#storage.explain(error)
      run?.failed(explained)
      throw explained
    }
  }

  /** Opens a stream of events; it ends when `call.signal` aborts. Throws like `run`, at the first event asked for. */
  async *follow<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: unknown,
    call: Call,
  ): AsyncGenerator<z.output<E>, void> {
    const entry = this.#streams.get(operation.name)
    if (!entry) throw new EngineError('not_found', `There is no stream ${operation.name}.`)
    assertAllowed(entry.operation, call.caller)
    const parsed = parseInput(entry.operation, input)
    try {
      yield* entry.handler(parsed, call) as AsyncIterable<z.output<E>>
    } catch (error) {
      throw this.#storage.explain(error)
    }
  }

  #find(name: string) {
    return this.#answers.get(name) ?? this.#streams.get(name)
  }

  #assertFree({ name }: AnyOperation): void {
    if (this.#find(name)) throw new Error(`${name} already has a handler. One of the two has to go.`)
  }
}

/** Who is signed in. @throws EngineError `unauthenticated`. */
export function userOf({ userId }: Caller): string {
  if (userId === null) throw new EngineError('unauthenticated', 'A valid API key is needed.')
  return userId
}

function assertAllowed({ scope, name }: AnyOperation, caller: Caller): void {
  if (scope === 'none') return
  userOf(caller)
  if (!caller.scopes.has(scope)) {
    throw new EngineError('forbidden', `This key may not do that: it lacks the scope "${scope}".`, { operation: name })
  }
}

function parseInput({ input }: AnyOperation, raw: unknown): unknown {
  const parsed = input.safeParse(raw)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message }))
  const first = fields[0]
  const message = first ? (first.field ? `${first.field}: ${first.reason}` : first.reason) : 'Invalid input.'
  throw new EngineError('invalid_input', message, { fields }, { cause: parsed.error })
}
