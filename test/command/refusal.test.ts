import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)

it('a command that cannot open its library says so in one line and nothing else', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  await mkdir(data)
  await writeFile(path.join(data, 'fieldreel.db'), 'no database at all, but a text that is long enough to be looked at')
  const refused = run(process.execPath, [path.resolve('out/main/ingest.js'), FRIDAY, '--data', data])
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      "The library's database is damaged and cannot be read. Your videos are not touched. " +
      `"npm run library -- rebuild --data "${data}"" makes a new database from the videos in the library folder.\n`,
  })
})
