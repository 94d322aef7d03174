import { execFileSync, spawn } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { built } from '../fixtures/built.ts'
import { MODELS_FOLDER } from '../support/models.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

it('runs the models in a process of Electron’s own kind, which ends with Electron however that ends', async () => {
  const folder = await built(path.join(import.meta.dirname, 'models-app.ts'))
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
  const marker = await temporaryFolder()
  await symlink(MODELS_FOLDER, path.join(marker, 'models'))
  const running = (program: string): number =>
    execFileSync('ps', ['-A', '-o', 'args='])
      .toString()
      .split('\n')
      .filter((line) => line.includes(marker) && line.includes(program)).length

  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const electron = createRequire(import.meta.url)('electron') as string
  const args = [
    path.resolve('out/main/inference.js'),
    path.join(marker, 'models'),
    path.resolve('test/fixtures/frames/person.jpg'),
  ]
  const app = spawn(electron, ['--no-sandbox', '--disable-gpu', path.join(folder, 'models-app.js'), ...args], { env })
  onTestFinished(() => void app.kill('SIGKILL'))
  let said = ''
  app.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  await until('an answer of the models', () => said.includes('\n'), 60_000)
  expect(JSON.parse(said)).toEqual({ className: 'person', numbers: 1792 })

  await until('the second decoder to run', () => running('select=0') === 1)
  app.kill('SIGKILL')
  await until('its processes to end', () => running('select=0') + running('inference.js') === 0, 5000)
})
