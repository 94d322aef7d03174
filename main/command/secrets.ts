import type { Engine } from '../compose.ts'
import { rotateSecrets } from '../contract/index.ts'
import type { CommandAnswer } from './answer.ts'

/** Makes new secrets. @throws EngineError. */
export async function rotate(engine: Engine): Promise<CommandAnswer> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  await engine.operations.run(rotateSecrets, {}, call)
  const summary = 'No link works any more that was signed until now. Videos, keys and albums are as they were.'
  return { isWell: true, summary }
}
