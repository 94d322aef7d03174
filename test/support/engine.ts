import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { Clock } from '../../main/base/clock.ts'
import { compose, type Engine } from '../../main/compose.ts'
import type { Operation, StreamOperation } from '../../main/contract/index.ts'

/** The worker entries as `npm test` builds them before it starts. */
const WORKERS = path.resolve('out/main')

/** The whole engine on a folder of its own, closed when the test ends. */
export async function openEngine(data: string, env: NodeJS.ProcessEnv = process.env, clock?: Clock): Promise<Engine> {
  const options = {
    data,
    workersFolder: WORKERS,
    version: '0.0.0-test',
    logToStderr: false,
    env,
    ...(clock && { clock }),
  }
  const engine = await compose(options)
  onTestFinished(() => engine.close())
  return engine
}

/** Asks as the person at the machine. */
export function ask<I extends z.ZodType, O extends z.ZodType>(
  engine: Engine,
  operation: Operation<I, O>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  return engine.operations.run(operation, input, call)
}

/** Reads a stream to its end, as the person at the machine. */
export async function readAll<I extends z.ZodType, E extends z.ZodType>(
  engine: Engine,
  operation: StreamOperation<I, E>,
  input: z.input<I>,
): Promise<z.output<E>[]> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  const events: z.output<E>[] = []
  for await (const event of engine.operations.follow(operation, input, call)) events.push(event)
  return events
}
