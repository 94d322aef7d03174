import type { Engine } from '../compose.ts'
import { rotateSecrets } from '../contract/index.ts'
import type { CommandAnswer } from './answer.ts'

/** Makes new secrets. @throws EngineError. */
export async function rotate(engine: Engine): Promise<CommandAnswer> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  await engine.operations.run(rotateSecrets, {}, call)
  const summary = 'All links signed until now are invalid. Videos, keys and albums are unchanged.'
  return { isWell: true, summary }
}
