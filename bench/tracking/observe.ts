import path from 'node:path'
import { ModelClient } from '../../main/engine/models/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { forkProcess } from '../../main/platform/processes/index.ts'
import type { Observed } from './observed.ts'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
/** Less than the tracker asks for, so that it can be tried with less. */
const WEAKEST = 0.2
const SURE = 0.4

/** Looks at every frame of a film by the real models: what people it shows, and what the surer of them look like. */
export async function observe(file: string, size: { width: number; height: number }): Promise<Observed[]> {
  const tools = await resolveFfmpeg(process.env)
  const models = new ModelClient({
    start: forkProcess,
    entryFile: path.join(ROOT, 'out', 'main', 'inference.js'),
    modelsFolder: path.join(ROOT, 'resources', 'models'),
  })
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    file,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ]
  const observed: Observed[] = []
  try {
    for await (const picture of models.decode({ program: tools.ffmpeg, args, ...size, silenceLimitMs: 30_000 })) {
      const all = await picture.detect({ minimumConfidence: WEAKEST })
      const detections = all.filter(({ className }) => className === 'person')
      const sure = detections.filter(({ confidence }) => confidence >= SURE)
      const looks = sure.length === 0 ? [] : await picture.embed(sure.map(({ box }) => box))
      const vectors = detections.map((detection) => looks[sure.indexOf(detection)] ?? null)
      observed.push({ frame: picture.position, detections, vectors })
      picture.release()
    }
  } finally {
    await models.close()
  }
  return observed
}
