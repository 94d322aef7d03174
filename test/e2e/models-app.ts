import { app } from 'electron'
import { startUtility } from '../../main/app/utility.ts'
import { ModelClient } from '../../main/engine/models/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'

// An Electron without a window that looks at a picture, prints what it saw, and waits for another one that never comes.
const [entryFile = '', modelsFolder = '', file = ''] = process.argv.slice(-3)

async function run(): Promise<void> {
  const { ffmpeg } = await resolveFfmpeg()
  const models = new ModelClient({ start: startUtility, entryFile, modelsFolder })
  const decoder = (input: string[], [width, height]: [number, number]) => ({
    ...{ program: ffmpeg, width, height, silenceLimitMs: 60_000 },
    args: [...input, '-metadata', `title=${modelsFolder}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
  })
  for await (const picture of models.decode(decoder(['-i', file], [640, 360]))) {
    const [found] = await picture.detect({ minimumConfidence: 0.5 })
    const [vector] = found ? await picture.embed([found.box]) : []
    picture.release()
    process.stdout.write(`${JSON.stringify({ className: found?.className, numbers: vector?.length })}\n`)
  }
  const silent = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30,select=0']
  for await (const picture of models.decode(decoder(silent, [320, 180]))) picture.release()
}

void app.whenReady().then(run)
