import { ModelClient } from '../../main/engine/models/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { forkProcess } from '../../main/platform/processes/index.ts'

// A program that waits for a picture that never comes: to be killed.
const [entryFile = '', modelsFolder = ''] = process.argv.slice(2)
const { ffmpeg } = await resolveFfmpeg()
const models = new ModelClient({ start: forkProcess, entryFile, modelsFolder })
const input = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30,select=0']
const args = [...input, '-metadata', `title=${modelsFolder}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1']
const decoder = { program: ffmpeg, args, width: 320, height: 180, silenceLimitMs: 60_000 }
for await (const picture of models.decode(decoder)) picture.release()
