// A process that makes a preview and, once ffmpeg is at work, prints ffmpeg's process id.
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePreview } from '../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'

const [input = '', output = ''] = process.argv.slice(2)
const tools = await resolveFfmpeg()
const folder = await mkdtemp(join(tmpdir(), 'fieldreel-test-'))
const [pidFile, ffmpeg] = [join(folder, 'pid'), join(folder, 'ffmpeg')]
// exec keeps the id: the shell becomes ffmpeg
await writeFile(ffmpeg, `#!/bin/sh\necho $$ > ${pidFile}\nexec ${tools.ffmpeg} "$@"\n`)
await chmod(ffmpeg, 0o755)

let said = false
await makePreview({ ...tools, ffmpeg }, input, output, {
  durationSeconds: 600,
  onProgress: () => {
    if (said) return
    said = true
    void readFile(pidFile, 'utf8').then((pid) => console.log(pid.trim()))
  },
})
