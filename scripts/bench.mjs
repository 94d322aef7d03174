// @ts-check
// Benchmarks: `npm run bench` runs all of them in turn, `npm run bench -- NAME …` one, with the rest as its arguments.
import fs from 'node:fs/promises'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInPlace } from './child.mjs'
import { openDisplay } from './display.mjs'
import { root } from './setup/folders.mjs'
import { runScript, say } from './setup/report.mjs'

const FOLDER = path.join(root, 'bench')

async function bench() {
  const names = (await fs.readdir(FOLDER)).filter((name) => name.endsWith('.mjs')).map((name) => path.parse(name).name)
  const [wanted, ...args] = process.argv.slice(2)
  if (wanted !== undefined && !names.includes(wanted)) {
    say(`There is no benchmark “${wanted}”. There are: ${names.join(', ')}`)
    return 2
  }
  await ensureBuilt()
  const display = await openDisplay()
  const env = { ...process.env, ...display.env }
  delete env['ELECTRON_RUN_AS_NODE']
  let status = 0
  for (const name of wanted === undefined ? names : [wanted]) {
    const file = path.join(FOLDER, `${name}.mjs`)
    status = Math.max(status, await runInPlace(process.execPath, [file, ...args], { cwd: root, env }))
  }
  display.close()
  return status
}

await runScript(bench)
