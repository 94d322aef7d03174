import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkLimits } from '../../scripts/checks/limits.mjs'
import { checkRules } from '../../scripts/checks/rules.mjs'
import { checkTables } from '../../scripts/checks/tables.mjs'
import { tryCommand } from '../../scripts/setup/command.mjs'

const CHECKS = path.resolve(import.meta.dirname, '../../scripts/checks')

const trees: string[] = []
afterAll(() => Promise.all(trees.map((tree) => fs.rm(tree, { recursive: true, force: true }))))

async function plant(files: Record<string, string>): Promise<string> {
  const tree = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-checks-'))
  trees.push(tree)
  for (const [file, text] of Object.entries(files)) {
    await fs.mkdir(path.join(tree, path.dirname(file)), { recursive: true })
    await fs.writeFile(path.join(tree, file), text)
  }
  return tree
}

describe('tables', () => {
  const MEDIA =
    'export const media = [`CREATE TABLE media (id TEXT, views INTEGER); CREATE INDEX by_id ON media (id)`]\n'
  const VIEWS = 'export const views = [`CREATE TABLE views (id TEXT, media_id TEXT REFERENCES media (id))`]\n'
  const tree = {
    'main/engine/library/migrations.ts': MEDIA,
    'main/engine/engagement/migrations.ts': VIEWS,
    'main/engine/library/rows.ts': 'export const sql = `SELECT views FROM media`\n',
  }

  test('a query of its own tables, a column called like a table and a foreign key pass', async () => {
    expect(checkTables(await plant(tree)).problems).toEqual([])
  })

  test.each([
    ['SELECT * FROM media', 'from'],
    ['SELECT 1 FROM views AS v, media AS m', 'in a list'],
    ['INSERT INTO views SELECT 1 FROM views JOIN media ON 1', 'joined'],
    ['UPDATE OR IGNORE media SET views = 1', 'updated'],
    ['INSERT OR REPLACE INTO media VALUES (1)', 'written'],
    ['CREATE TRIGGER t AFTER UPDATE OF views ON media BEGIN SELECT 1; END', 'watched by a trigger'],
    ['SELECT 1 FROM views WHERE EXISTS (SELECT 1 FROM ${AS} WHERE media.id = 1)', 'named before a column'],
  ])('“%s” names a table of another capability (%s)', async (sql) => {
    const file = 'main/engine/engagement/rows.ts'
    const { problems } = checkTables(
      await plant({ ...tree, [file]: `const AS = 'm'\nexport const sql = \`${sql}\`\n` }),
    )
    expect(problems).toEqual([
      `${file}:2 names the table “media” of main/engine/library: ask its module, or follow its events`,
    ])
  })

  test('a common table expression may have the name of another capability’s table', async () => {
    const sql = 'export const sql = `WITH media (id) AS (SELECT id FROM views) SELECT * FROM media`\n'
    expect(checkTables(await plant({ ...tree, 'main/engine/engagement/rows.ts': sql })).problems).toEqual([])
  })
})

describe('rules', () => {
  test('a citation of a rule that docs/rules lacks fails, with its place', async () => {
    const tree = await plant({
      'docs/rules/uploads.md': '# Uploads\n\n- **UP-1** Answers 201.\n- **UP-2** Names are names.\n',
      'main/engine/uploads/uploads.ts': '/** UP-1 */\n\n/** UP-3: nothing says so. */\n',
    })
    expect(checkRules(tree).problems).toEqual([
      'main/engine/uploads/uploads.ts:3 cites UP-3, which docs/rules does not have: cite another one or write it',
    ])
  })

  test('a number that two rules have fails', async () => {
    const tree = await plant({ 'docs/rules/uploads.md': '- **UP-1** One.\n- **UP-1** Another.\n' })
    expect(checkRules(tree).problems).toEqual(['docs/rules has UP-1 twice: a number names one rule'])
  })
})

describe('limits', () => {
  const lines = (count: number) => '  f()\n'.repeat(count)

  test('a file of 250 lines passes, one of 251 fails, style sheets included', async () => {
    const tree = await plant({ 'main/a.ts': '\n'.repeat(250), 'renderer/b.css': '\n'.repeat(251) })
    expect(checkLimits(tree).problems).toEqual(['renderer/b.css has 251 lines, more than 250: split it'])
  })

  test('a function may have 60 lines, in a JSX file 80', async () => {
    const tree = await plant({
      'main/short.ts': `function short() {\n${lines(58)}}\n`,
      'main/long.ts': `export const long = () => {\n${lines(59)}}\n`,
      'renderer/Page.tsx': `function Page() {\n${lines(78)}}\n`,
      'renderer/Long.tsx': `class Long {\n  constructor() {\n${lines(79)}  }\n}\n`,
    })
    expect(checkLimits(tree).problems).toEqual([
      'main/long.ts long (line 1) has 61 lines, more than 60: split it',
      'renderer/Long.tsx Constructor (line 2) has 81 lines, more than 80: split it',
    ])
  })

  test('the longest file and function are printed, and the status is 1 when something is too long', async () => {
    const tree = await plant({ 'main/a.ts': `function a() {\n${lines(60)}}\n` })
    const { status, output } = await tryCommand(process.execPath, [path.join(CHECKS, 'limits.mjs'), tree])
    expect(output).toContain('longest file: 62 lines, main/a.ts\nlongest function: 62 lines, main/a.ts a (line 1)\n')
    expect(output).toContain('main/a.ts a (line 1) has 62 lines, more than 60: split it')
    expect(status).toBe(1)
  })
})
