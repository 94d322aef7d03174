import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { progressOn } from '../../main/command/progress.ts'
import { toJsonLine, toTable } from '../../main/command/report.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { HOSTILE_NAMES, RAW } from '../support/hostile-names.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** What a stream was written; the two sequences that redraw our own bars are left out. */
function listener(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, columns: 200, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream

  return { stream, text: () => written.join('').replace(/\x1b\[\d+A\x1b\[0J/g, '') }
}

describe.each(HOSTILE_NAMES)('a name that %s', (_does, name) => {
  it.each([true, false])('is escaped in the progress of a command (on a terminal: %s)', (isTTY) => {
    const { stream, text } = listener(isTTY)
    const view = progressOn(stream)
    view.show(name, `Importing ${name}`, 0.5, 3)
    view.finish(name, `Not imported: ${name}`)
    expect(text()).not.toMatch(RAW)
    expect(
      text()
        .split('\n')
        .filter((line) => line !== ''),
    ).toHaveLength(2)
  })

  it('is escaped in the table, and exact in JSON that is safe to print', () => {
    const ingested = {
      ...{ file: name, video: null, scenes: [], seconds: { import: null, detect: null } },
      error: { code: 'refused', message: `Not a video: ${name}` },
    }
    expect(toTable(ingested)).not.toMatch(RAW)
    expect(toTable(ingested).trimEnd().split('\n')).toHaveLength(2)
    expect(toJsonLine(ingested)).not.toMatch(RAW)
    expect(toJsonLine(ingested)).not.toContain('\n')
    expect(JSON.parse(toJsonLine(ingested))).toMatchObject({ file: name, error: { message: `Not a video: ${name}` } })
  })
})

/** What Linux takes as the name of a file: any bytes but a slash. */
const FILE_NAMES = HOSTILE_NAMES.map(([, name]) => name).filter((name) => Buffer.from(name).toString() === name)

async function run(entry: string, args: readonly string[]) {
  const child = spawn(process.execPath, [path.resolve(`out/main/${entry}.js`), ...args])
  let [said, complained] = ['', '']
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (complained += bytes.toString()))
  const [status] = (await once(child, 'close')) as [number]
  return { status, said, complained }
}

describe.skipIf(process.platform !== 'linux')('the real command', () => {
  it('prints no character of a name that a terminal would obey', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    const files = FILE_NAMES.map((name) => path.join(folder, name))
    for (const [at, file] of files.entries())
      await (at === 0 ? fs.copyFile(FRIDAY, file) : fs.writeFile(file, 'no film'))
    const data = path.join(folder, 'library')
    const table = await run('ingest', ['--data', data, ...files])
    expect(table.status).toBe(1)
    expect(table.said).toContain(String.raw`clear\x1b[2J\x1b[H.mp4`)
    expect(table.said).not.toMatch(RAW)
    expect(table.complained).not.toMatch(RAW)
    const json = await run('ingest', ['--data', data, '--json', ...files])
    expect(json.said).not.toMatch(RAW)
    const named = json.said
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { file: string }).file)
    expect(named.sort()).toEqual(files.sort())
  })

  it.each(FILE_NAMES.map((name) => `--${name}`))(
    'prints none of an argument that it does not know: %j',
    async (argument) => {
      const { status, said, complained } = await run('ingest', [argument])
      expect([status, said]).toEqual([1, ''])
      expect(complained).not.toMatch(RAW)
      expect(complained.trimEnd().split('\n')).toHaveLength(2)
    },
  )

  it('prints none of the name of a library that it cannot open', async () => {
    const data = path.join(await temporaryFolder(), 'lib\x1b[2J\nrary\u202e')
    await fs.writeFile(data, 'a file')
    const { status, complained } = await run('serve', ['--data', data])
    expect(status).toBe(1)
    expect(complained).not.toMatch(RAW)
  })
})
