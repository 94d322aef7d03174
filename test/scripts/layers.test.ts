import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tryCommand } from '../../scripts/setup/command.mjs'

const ROOT = path.resolve(import.meta.dirname, '..', '..')

/** A small tree that keeps every rule. */
const SOUND: Record<string, string> = {
  'main/base/clock.ts': `export const now = () => Date.now()`,
  'main/contract/index.ts': `import { z } from 'zod'\nexport const Name = z.string()`,
  'main/platform/database/index.ts': `import Database from 'better-sqlite3'\nexport const open = () => new Database()`,
  'main/engine/jobs/index.ts': `import { now } from '../../base/clock.ts'\nexport const queue = now`,
  'main/engine/media/index.ts': `import { queue } from '../jobs/index.ts'\nexport const probe = queue`,
  'main/engine/scenes/index.ts': `import { probe } from '../media/index.ts'\nexport const scenes = probe`,
  'main/engine/scenes/detection-worker.ts': `export const unused = 1`,
  'main/engine/uploads/index.ts': `import { rows } from './rows.ts'\nexport const uploads = rows`,
  'main/engine/uploads/rows.ts': `export const rows = 1`,
  'main/engine/objects/part-worker.ts': `export const unused = 1`,
  'main/transport/http/index.ts': `import fastify from 'fastify'\nexport const serve = fastify`,
  'main/app/index.ts': `import { app } from 'electron'\nexport { app }`,
  'main/compose.ts': [
    `import { Name } from './contract/index.ts'`,
    `import { open } from './platform/database/index.ts'`,
    `import { scenes } from './engine/scenes/index.ts'`,
    `import { uploads } from './engine/uploads/index.ts'`,
    `import { serve } from './transport/http/index.ts'`,
    `export const compose = [Name, open, scenes, uploads, serve]`,
  ].join('\n'),
  'main/index.ts': `import { app } from './app/index.ts'\nimport { compose } from './compose.ts'\nvoid [app, compose]`,
  'main/serve.ts': `import { compose } from './compose.ts'\nvoid compose`,
  'main/ingest.ts': `import { compose } from './compose.ts'\nvoid compose`,
  'preload/index.ts': `import { Name } from '../main/contract/index.ts'\nvoid Name`,
  'renderer/main.tsx': `import { Name } from '../main/contract/index.ts'\nvoid Name`,
}

const trees: string[] = []
afterAll(() => Promise.all(trees.map((tree) => fs.rm(tree, { recursive: true, force: true }))))

/** A folder with the sound tree and some files more, or others. */
async function plant(files: Record<string, string>): Promise<string> {
  const tree = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-layers-'))
  trees.push(tree)
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) {
    await fs.copyFile(path.join(ROOT, name), path.join(tree, name))
  }
  await fs.symlink(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'), 'dir')
  for (const [file, text] of Object.entries({ ...SOUND, ...files })) {
    await fs.mkdir(path.join(tree, path.dirname(file)), { recursive: true })
    await fs.writeFile(path.join(tree, file), `${text}\n`)
  }
  return tree
}

/** `rule: file` for everything dependency-cruiser complains about. */
async function violations(folder: string): Promise<string[]> {
  const cruiser = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [cruiser, 'main', 'preload', 'renderer', '--output-type', 'err']
  // Colours, which CI may force, would stand between the words looked for.
  const { status, output } = await tryCommand(process.execPath, args, { cwd: folder, env: { NO_COLOR: '1' } })
  const found = [...output.matchAll(/^\s*error (\S+: \S+)/gm)].map(([, violation]) => violation ?? '')
  expect(status, output).toBe(found.length)
  return found
}

test('a tree that keeps the rules passes', async () => {
  expect(await violations(await plant({}))).toEqual([])
})

/** One line added to a file of the sound tree (or a new file), and the rule it breaks. */
const PLANTS: [file: string, line: string, rule: string][] = [
  ['main/base/clock.ts', `import { Name } from '../contract/index.ts'; void Name`, 'base-imports-only-downwards'],
  ['main/base/clock.ts', `import { z } from 'zod'; void z`, 'base-is-pure'],
  ['main/contract/index.ts', `import fs from 'node:fs'; void fs`, 'contract-is-pure'],
  ['main/platform/database/index.ts', `import '../../engine/jobs/index.ts'`, 'platform-imports-only-downwards'],
  ['main/platform/log/index.ts', `import '../database/rows.ts'`, 'platform-siblings-through-index'],
  ['main/platform/database/rows.ts', `export {}`, 'unused-modules'],
  ['main/engine/media/index.ts', `import '../../transport/http/index.ts'`, 'engine-imports-only-downwards'],
  ['main/engine/media/index.ts', `import { app } from 'electron'; void app`, 'electron-only-in-app'],
  [
    'main/engine/media/index.ts',
    `import type { FastifyError } from 'fastify'; export type F = FastifyError`,
    'fastify-only-in-http',
  ],
  [
    'main/engine/media/index.ts',
    `import { spawn } from 'node:child_process'; void spawn`,
    'processes-only-in-platform',
  ],
  ['main/engine/media/index.ts', `import Database from 'better-sqlite3'; void Database`, 'sqlite-only-in-database'],
  [
    'main/engine/media/index.ts',
    `import { Tensor } from 'onnxruntime-node'; void Tensor`,
    'models-run-in-their-own-process',
  ],
  ['main/compose.ts', `import './inference/index.ts'`, 'compose-knows-no-entry'],
  ['main/engine/jobs/index.ts', `import '../library/index.ts'`, 'engine-jobs-knows-only-what-is-below-it'],
  ['main/engine/media/index.ts', `import '../uploads/index.ts'`, 'engine-media-knows-only-what-is-below-it'],
  ['main/engine/scenes/index.ts', `import '../uploads/index.ts'`, 'engine-scenes-knows-only-what-is-below-it'],
  ['main/engine/library/index.ts', `import '../uploads/rows.ts'`, 'engine-siblings-through-index'],
  ['main/engine/operations.ts', `import './jobs/index.ts'`, 'engine-root-knows-no-capability'],
  ['main/helpers.ts', `import './nowhere.ts'`, 'resolvable'],
  ['main/serve.ts', `import './helpers.ts'`, 'root-holds-only-entries'],
  ['main/engine/library/a.ts', `import './b.ts'`, 'no-cycles'],
  ['main/engine/library/b.ts', `import './a.ts'`, 'unused-modules'],
  ['main/engine/uploads/sums.ts', `import './nowhere.ts'`, 'resolvable'],
  ['main/engine/uploads/sums.ts', `import { chromium } from 'playwright'; void chromium`, 'main-ships-its-packages'],
  ['main/compose.ts', `import './engine/uploads/rows.ts'`, 'engine-from-outside-through-index'],
  ['main/compose.ts', `import './app/index.ts'`, 'compose-knows-no-entry'],
  ['main/transport/ipc/index.ts', `import '../http/index.ts'`, 'doors-do-not-know-each-other'],
  ['main/transport/http/index.ts', `import { execa } from 'execa'; void execa`, 'processes-only-in-platform'],
  ['main/transport/http/first/index.ts', `import '../second/index.ts'`, 'dialects-do-not-know-each-other'],
  ['main/transport/http/second/index.ts', `import '../../../serve.ts'`, 'nothing-imports-an-entry'],
  ['main/app/index.ts', `import '../../renderer/main.tsx'`, 'main-knows-no-window'],
  ['renderer/main.tsx', `import '../main/engine/jobs/index.ts'`, 'window-sees-only-the-contract'],
  ['renderer/main.tsx', `import fs from 'node:fs'; void fs`, 'window-has-no-node'],
  ['preload/index.ts', `import '../main/compose.ts'`, 'window-sees-only-the-contract'],
]

describe('a planted violation is named by its rule', () => {
  let found: string[] = []
  beforeAll(async () => {
    const planted: Record<string, string> = {}
    for (const [file, line] of PLANTS) planted[file] = `${line}\n${planted[file] ?? SOUND[file] ?? ''}`
    found = await violations(await plant(planted))
  })

  test.each(PLANTS)('%s: %s', (file, _line, rule) => {
    expect(found).toContain(`${rule}: ${file}`)
  })
})

test('Fieldreel keeps the rules', async () => {
  expect(await violations(ROOT)).toEqual([])
})
