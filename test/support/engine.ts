import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { compose, type Engine } from '../../main/compose.ts'
import type { Operation } from '../../main/contract/index.ts'

/** The worker entries as `npm test` builds them before it starts. */
const WORKERS = path.resolve('out/main')

/** The whole engine on a folder of its own, closed when the test ends. */
export async function openEngine(data: string, env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const options = { data, workersFolder: WORKERS, version: '0.0.0-test', logToStderr: false, env }
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
