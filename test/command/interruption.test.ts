import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, it } from 'vitest'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { ffmpeg, FRIDAY } from '../fixtures/clips.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

it('a command ended by a signal leaves its running job waiting, not failed', async () => {
  const folder = await temporaryFolder()
  const film = path.join(folder, 'long.mp4')
  await ffmpeg('-stream_loop', '100', '-i', FRIDAY, '-map', '0:v', '-c', 'copy', film)
  const data = path.join(folder, 'data')
  const command = spawn(process.execPath, [path.resolve('out/main/ingest.js'), film, '--data', data])
  const ended = once(command, 'exit')
  let told = ''
  command.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()))
  await until('the search for scenes', () => told.includes('Finding scenes'))
  await new Promise((resolve) => setTimeout(resolve, 300))
  command.kill('SIGTERM')
  await ended
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  const jobs = database.prepare<{ status: string }>("SELECT status FROM jobs WHERE kind = 'analysis'").all()
  database.close()
  expect(jobs).toEqual([{ status: 'pending' }])
})
