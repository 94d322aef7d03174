import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  getMaintenance,
  type MaintenanceState,
  setVerifySchedule,
  startBackup,
  startVerify,
  stopMaintenance,
} from '../../../main/contract/index.ts'
import { Maintenance, MaintenanceRuns } from '../../../main/engine/maintenance/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { Settings } from '../../../main/platform/settings/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { makeLibrary } from '../../support/filled-library.ts'
import { silentLog } from '../../support/log.ts'
import { randomFrom } from '../../support/random.ts'
import { folderForAll, temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'
import { flipBit, objectsOf } from './damage.ts'

const DAY_MS = 24 * 3_600_000

let original = ''
beforeAll(async () => {
  ;({ library: original } = await makeLibrary(await folderForAll(), 3))
}, 120_000)

async function copyOfLibrary(): Promise<string> {
  const copy = path.join(await temporaryFolder(), 'library')
  cpSync(original, copy, { recursive: true })
  return copy
}

describe('in the open library', () => {
  it('verifies in the background and remembers what it found over a restart', { timeout: 60_000 }, async () => {
    const root = await copyOfLibrary()
    const [object = ''] = objectsOf(root)
    flipBit(path.join(root, object), randomFrom(1))
    const engine = await openEngine(root)
    const begun = await ask(engine, startVerify, {})
    expect(begun.run).toMatchObject({ kind: 'verify' })
    await expect(ask(engine, startVerify, {})).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, startBackup, { folder: '/tmp/never' })).rejects.toMatchObject({ code: 'conflict' })
    const done = await until('the verify', async () => {
      const state = await ask(engine, getMaintenance, {})
      return state.run === null && state
    })
    expect(done.lastVerify).toMatchObject({ objects: 3, findings: [{ path: object, problem: 'damaged' }] })
    await engine.close()
    const again = await openEngine(root)
    expect((await ask(again, getMaintenance, {})).lastVerify).toEqual(done.lastVerify)
  })

  it('backs up in the background and says what became of it', { timeout: 60_000 }, async () => {
    const root = await copyOfLibrary()
    const folder = path.join(await temporaryFolder(), 'backup')
    const engine = await openEngine(root)
    await expect(ask(engine, startBackup, { folder: 'backup' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(ask(engine, startBackup, { folder: path.join(root, 'b') })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await ask(engine, startBackup, { folder })
    const state = await untilQuiet(() => ask(engine, getMaintenance, {}))
    expect(state.lastBackup).toMatchObject({ folder, objects: 3, errorMessage: null })
    expect(readdirSync(folder)).toContain('manifest.json')

    // A backup that finished without a damaged file did finish.
    const [object = ''] = objectsOf(root)
    rmSync(path.join(folder, object))
    flipBit(path.join(root, object), randomFrom(1))
    await ask(engine, startBackup, { folder })
    const partial = await untilQuiet(() => ask(engine, getMaintenance, {}))
    expect(partial.lastBackup).toMatchObject({ objects: 2, errorMessage: null })
    expect(partial.lastBackup?.damageMessage).toMatch(/could not be backed up: damaged in the library/)

    const taken = await temporaryFolder()
    writeFileSync(path.join(taken, 'thesis.txt'), 'mine')
    await ask(engine, startBackup, { folder: taken })
    const failed = await untilQuiet(() => ask(engine, getMaintenance, {}))
    expect(failed.lastBackup?.errorMessage).toMatch(/holds something else/)
    expect(readdirSync(taken)).toEqual(['thesis.txt'])
  })

  it('stops what runs, and keeps the schedule', async () => {
    const root = await copyOfLibrary()
    const engine = await openEngine(root)
    await ask(engine, startVerify, {})
    expect((await ask(engine, stopMaintenance, {})).run).toBe(null)
    expect((await ask(engine, getMaintenance, {})).verifySchedule).toBe('weekly')
    await ask(engine, setVerifySchedule, { schedule: 'monthly' })
    await engine.close()
    const again = await openEngine(root)
    expect((await ask(again, getMaintenance, {})).verifySchedule).toBe('monthly')
  })
})

async function untilQuiet(look: () => Promise<MaintenanceState>): Promise<MaintenanceState> {
  return await until('the end of the run', async () => {
    const state = await look()
    return state.run === null && state
  })
}

describe('by the schedule', () => {
  async function open(root: string) {
    const folder = DataFolder.open(root)
    const database = Database.open(folder.database, schema)
    const settings = new Settings(database)
    const runs = new MaintenanceRuns({ log: silentLog, onChange: () => undefined })
    let verified = 0
    const options = { folder, settings, runs, log: silentLog, workersFolder: path.resolve('out/main') }
    const maintenance = new Maintenance({ ...options, onVerified: () => (verified += 1) })
    onTestFinished(async () => {
      await maintenance.close()
      database.close()
    })
    const untilDone = (): Promise<unknown> => until('the verify', () => runs.current === null)
    return { maintenance, settings, runs, untilDone, verified: () => verified }
  }

  it.each([
    ['weekly', 7],
    ['monthly', 30],
  ] as const)('verifies %s, counted from the last one', async (schedule, days) => {
    const { maintenance, runs, untilDone, verified } = await open(await copyOfLibrary())
    maintenance.records.schedule = schedule
    const now = Date.now()
    maintenance.verifyWhenDue(now)
    maintenance.verifyWhenDue(now + (days - 1) * DAY_MS)
    expect(runs.current).toBe(null)
    maintenance.verifyWhenDue(now + days * DAY_MS + 1000)
    expect(runs.current).toMatchObject({ kind: 'verify' })
    await untilDone()
    expect(verified()).toBe(1)
    maintenance.verifyWhenDue(Date.now() + (days - 1) * DAY_MS)
    expect(runs.current).toBe(null)
  })

  it('verifies never when it is off', async () => {
    const { maintenance, runs } = await open(await copyOfLibrary())
    maintenance.records.schedule = 'off'
    maintenance.verifyWhenDue(Date.now() + 1000 * DAY_MS)
    expect(runs.current).toBe(null)
  })

  it('goes on behind the last object of a verify that a restart cut off', async () => {
    const root = await copyOfLibrary()
    const objects = objectsOf(root)
    for (const file of objects) flipBit(path.join(root, file), randomFrom(3))
    const { maintenance, untilDone } = await open(root)
    const [first = ''] = objects
    const known = { kind: 'object', problem: 'damaged', path: first, sha256: path.basename(first) } as const
    const finding = { ...known, videoId: null, title: null, heals: 'import', remedy: 'As it was.' } as const
    maintenance.records.begunVerify = { after: path.basename(first), objects: 1, bytes: 10, findings: [finding] }
    maintenance.verifyWhenDue()
    await untilDone()
    const { lastVerify, begunVerify } = maintenance.records
    expect(lastVerify?.objects).toBe(3)
    expect(lastVerify?.findings.filter(({ kind }) => kind === 'object').map((one) => one.path)).toEqual(objects)
    expect(lastVerify?.findings[0]).toEqual(finding)
    expect(begunVerify).toBe(null)
  })

  it('resumes a verification that closing interrupted, and drops one that a person stopped', async () => {
    const root = await copyOfLibrary()
    const one = await open(root)
    one.maintenance.startVerify()
    await until('the first words', () => one.maintenance.records.begunVerify !== null)
    await one.maintenance.close()
    expect(one.maintenance.records.begunVerify).not.toBe(null)
    const other = await open(root)
    other.maintenance.verifyWhenDue()
    await other.maintenance.stop()
    expect(other.maintenance.records.begunVerify).toBe(null)
  })
})

it('reads slower while the library is worked with', async () => {
  const { Pace } = await import('../../../main/engine/maintenance/pace.ts')
  const bytesIn = async (isBusy: boolean): Promise<number> => {
    const pace = new Pace({ idle: 40e6, busy: 4e6 }, () => isBusy, new AbortController().signal)
    const end = performance.now() + 400
    let bytes = 0
    while (performance.now() < end) {
      await pace.spend(100_000)
      bytes += 100_000
    }
    return bytes
  }
  const [idle, busy] = [await bytesIn(false), await bytesIn(true)]
  expect(idle).toBeLessThan(40e6 * 0.6)
  expect(busy).toBeLessThan(4e6 * 0.6)
  expect(idle).toBeGreaterThan(busy * 2)
})
