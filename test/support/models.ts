import path from 'node:path'
import { onTestFinished } from 'vitest'
import {
  ModelClient,
  type ModelsOptions,
  type DecodedFrame,
  type FrameDecoder,
} from '../../main/engine/models/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { forkProcess } from '../../main/platform/processes/index.ts'

/** The models as set-up makes them before any test runs. */
export const MODELS_FOLDER = path.resolve('resources/models')

/** The models' real process, as `npm test` builds it; it ends with the test. */
export function openModels(options: Partial<ModelsOptions> = {}): ModelClient {
  const models = new ModelClient({
    start: forkProcess,
    entryFile: path.resolve('out/main/inference.js'),
    modelsFolder: MODELS_FOLDER,
    ...options,
  })
  onTestFinished(() => models.close())
  return models
}

/** A decoder of raw pictures of this size; `input` as ffmpeg takes it. */
export async function decoderOf(
  input: readonly string[],
  [width, height]: readonly [number, number],
  output: readonly string[] = [],
): Promise<FrameDecoder> {
  const { ffmpeg } = await resolveFfmpeg()
  const args = [...input, ...output, '-an', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1']
  return { program: ffmpeg, args, width, height, silenceLimitMs: 20_000 }
}

/** Looks at one picture of a file. */
export async function lookAt<T>(
  models: ModelClient,
  decoder: FrameDecoder,
  look: (picture: DecodedFrame) => Promise<T>,
): Promise<T> {
  for await (const picture of models.decode(decoder)) {
    const answer = await look(picture)
    picture.release()
    return answer
  }
  throw new Error('The decoder gave no picture.')
}
