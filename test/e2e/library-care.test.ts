import fs from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import type { MaintenanceRun, MaintenanceState } from '../../main/contract/index.ts'
import { violations } from '../support/axe.ts'
import { FINDINGS, maintenanceState, QUARANTINE } from '../support/maintenance-state.ts'
import { scriptAnswers } from '../support/scripted-answers.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

const RUN: MaintenanceRun = {
  ...{ kind: 'verify', startedAt: '2026-11-12T10:00:00.000Z', progressPercent: 65.9, step: 'Reading video files' },
  ...{ bytesDone: 12.55e9, bytesTotal: 19.1e9, secondsLeft: 78 },
}
const DONE = { output: { done: true } }
const get = (differences: Partial<MaintenanceState> = {}) => ({
  'maintenance.get': { output: maintenanceState(differences) },
})

/** A window whose library is as the script says, and whose maintenance starts nothing. */
async function openScripted(differences: Partial<MaintenanceState> = {}) {
  const { page, app } = await openWindow(path.join(await temporaryFolder(), 'data'))
  page.setDefaultTimeout(15_000)
  const starts = ['verify', 'backup', 'rebuild', 'stop', 'keepUnlisted', 'setVerifySchedule', 'restoreQuarantined']
  const answers = Object.fromEntries(starts.map((name) => [`maintenance.${name}`, { output: maintenanceState() }]))
  const script = await scriptAnswers(page, { ...answers, 'maintenance.deleteQuarantined': DONE, ...get(differences) })
  return { page, app, script }
}

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name }).click()
}

it('what was done with a key is read in the audit log at once, and saved as JSON lines', async () => {
  const folder = await temporaryFolder()
  const { page, app, complaints } = await openWindow(path.join(folder, 'data'))
  page.setDefaultTimeout(15_000)
  await openSection(page, 'Activity')
  await page.getByText('No activity yet. Creating a key').waitFor()
  expect(await page.getByRole('button', { name: 'Save as JSON lines' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Reviewer tablet')
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
  await page.getByText('Key “Reviewer tablet” created').waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Revoke key Reviewer tablet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
  const log = page.getByRole('list', { name: 'Audit log' })
  await log.getByText('Key “Reviewer tablet” revoked').waitFor()
  expect(await log.getByRole('listitem').count()).toBe(2)
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${to}/audit.jsonl`))
  }, folder)
  await page.getByRole('button', { name: 'Save as JSON lines' }).click()
  const file = path.join(folder, 'audit.jsonl')
  const text = await until('the file to be saved', async () => {
    const now = await fs.readFile(file, 'utf8').catch(() => '')
    return now.endsWith('\n') && now
  })
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events.map(({ action, user, door }) => [action, user, door])).toEqual([
    ['keys.delete', 'owner', 'window'],
    ['keys.create', 'owner', 'window'],
  ])
  expect(complaints).toEqual([])
})

it('damage is listed with what heals it, and a verify is followed and stopped', async () => {
  const { page, script } = await openScripted()
  await openSection(page, 'Library')
  await page.getByText('Everything is intact').waitFor()
  await page.getByRole('button', { name: 'Verify now' }).click()
  await until('the verify to begin', async () => (await script.asked('maintenance.verify')).length === 1)

  await script.change('maintenance', get({ run: RUN }))
  const progress = page.getByRole('progressbar', { name: 'Verifying' })
  await progress.waitFor()
  expect(await progress.getAttribute('aria-valuenow')).toBe('65')
  await page.getByText('12.55 of 19.10 GB, 1 min left').waitFor()
  expect(await page.getByRole('button', { name: 'Back up again' }).isDisabled()).toBe(true)
  await script.change('maintenance', get({ run: { ...RUN, bytesDone: 14e9, progressPercent: 73.3 } }))
  await page.getByText(/14\.00 of 19\.10 GB, [\d.]+ [MG]B\/s, 1 min left/).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await until('the verify to be stopped', async () => (await script.asked('maintenance.stop')).length === 1)

  const found = { finishedAt: '2026-11-12T10:14:00.000Z', objects: 214, bytes: 19.1e9, findings: [...FINDINGS] }
  await script.change('maintenance', get({ lastVerify: found }))
  await page.getByText('2 problems need you, 1 problem is repaired automatically').waitFor()
  const items = page.getByRole('list', { name: 'Verification results' }).getByRole('listitem')
  expect(await items.count()).toBe(3)
  expect(await items.first().innerText()).toContain(
    'East gate site walk\nThe video file is damaged.\nImport the same file',
  )
  await items.first().getByRole('button', { name: 'Import again: East gate site walk' }).waitFor()
})

it('what is in quarantine is brought back, and deleted only after a question', async () => {
  const { page, script } = await openScripted({ quarantine: QUARANTINE })
  await openSection(page, 'Library')
  await page.getByText('Video file, GX010416.MP4').waitFor()
  const restore = page.getByRole('button', { name: /^Restore / })
  expect(await restore.count()).toBe(2) // A damaged database cannot be brought back.
  await restore.first().click()
  await page.getByText('Restored “Route 12 dashcam, run 3”.').waitFor()
  expect(await script.asked('maintenance.restoreQuarantined')).toEqual([{ id: 'q1' }])

  await page.getByRole('button', { name: 'Delete yard_walk_east.mov permanently' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete “yard_walk_east.mov” permanently?' })
  await dialog.waitFor()
  await page.keyboard.press('Enter') // What has the focus is Cancel.
  await dialog.waitFor({ state: 'hidden' })
  expect(await script.asked('maintenance.deleteQuarantined')).toEqual([])
  await page.getByRole('button', { name: 'Delete yard_walk_east.mov permanently' }).click()
  await dialog.getByRole('button', { name: 'Delete permanently' }).click()
  await page.getByText('Deleted “yard_walk_east.mov” permanently.').waitFor()
  expect(await script.asked('maintenance.deleteQuarantined')).toEqual([{ id: 'q2' }])
})

it('a backup goes into the folder that was chosen, and says what stopped it', async () => {
  const { page, app, script } = await openScripted({ lastBackup: null })
  await openSection(page, 'Library')
  const choose = (filePaths: string[]) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen })
    }, filePaths)
  await choose([])
  await page.getByRole('button', { name: 'Back up to folder…' }).click()
  await choose(['/media/backup'])
  await page.getByRole('button', { name: 'Back up to folder…' }).click()
  await until('the backup to begin', async () => (await script.asked('maintenance.backup')).length === 1)
  expect(await script.asked('maintenance.backup')).toEqual([{ folder: '/media/backup' }])

  const errorMessage = 'The disk is full: 3.1 GB are needed.'
  const lastBackup = {
    finishedAt: '2026-11-12T10:14:00.000Z',
    folder: '/media/backup',
    objects: 7,
    bytes: 1e9,
    errorMessage,
    damageMessage: null,
  }
  await script.change('maintenance', get({ lastBackup }))
  await page.getByText(`The backup did not finish: ${errorMessage}`).waitFor()
  await page.getByRole('button', { name: 'Back up again' }).click()
  await until('the backup to go on', async () => (await script.asked('maintenance.backup')).length === 2)
  expect((await script.asked('maintenance.backup'))[1]).toEqual({ folder: '/media/backup' })
})

it('footage that a new library does not list is rebuilt or put aside, as the person says', async () => {
  const unlisted = { database: 'new', unlisted: { videos: 212, bytes: 19.1e9 } } as const
  const { page, script } = await openScripted(unlisted)
  const banner = page.getByRole('region', { name: '212 videos in this folder are not in the library' })
  await banner.getByRole('button', { name: 'Rebuild' }).click()
  await until('the rebuild to begin', async () => (await script.asked('maintenance.rebuild')).length === 1)
  await script.change('maintenance', get({ ...unlisted, run: { ...RUN, kind: 'rebuild' } }))
  await page.getByRole('progressbar', { name: 'Rebuilding' }).waitFor()
  await banner.waitFor({ state: 'hidden' })
  await script.change('maintenance', get(unlisted))
  await banner.getByRole('button', { name: 'Start empty' }).click()
  await page.getByText('Moved 212 videos to quarantine. Nothing was deleted.').waitFor()
  expect(await script.asked('maintenance.keepUnlisted')).toEqual([{}])
  await script.change('maintenance', get())
  await banner.waitFor({ state: 'hidden' })
})

it('a library that can only be read says what to type', async () => {
  const { page } = await openScripted({ database: 'read_only' })
  await page.getByRole('button', { name: 'What to do' }).click()
  await page.getByText(/^npm run library -- use-snapshot fieldreel-2026-11-12\.db --data "/).waitFor()
  await page.getByText(/^npm run library -- rebuild --data "/).waitFor()
})

it('notices without an event that the library folder is back, and shows what it could not', async () => {
  const { page, script } = await openScripted()
  const system = (storage: string) => ({
    ...{ version: '1.0.0', dataFolder: '/media/card/library', storage, disk: { usedBytes: 0, freeBytes: 1e9 } },
    ffmpeg: { path: null, version: null, source: null, warning: null },
  })
  await script.change('maintenance', { 'system.get': { output: system('missing') } })
  const notice = page.getByRole('alert')
  await notice.getByText('The library folder is missing').waitFor()
  expect(await notice.innerText()).toContain('/media/card/library')
  await script.change('maintenance', { 'system.get': { output: system('replaced') } })
  await notice.getByText('The library folder was replaced by another folder or file').waitFor()
  const before = (await script.asked('maintenance.get')).length
  await script.change('audit', { 'system.get': { output: system('ok') } }) // Of another topic: not of the folder.
  await notice.waitFor({ state: 'hidden' })
  await until('all to be asked again', async () => (await script.asked('maintenance.get')).length > before)
})

it('links are ended one by one, or all after a question', async () => {
  const { page, script } = await openScripted()
  const refusal = { error: { code: 'not_found', message: 'This is no link of this library.', details: null } } as const
  await script.change('maintenance', { 'links.revoke': refusal, 'secrets.rotate': DONE })
  await openSection(page, 'Shared links')
  const field = page.getByLabel('Revoke a link')
  const revoke = page.getByRole('button', { name: 'Revoke', exact: true })
  expect(await revoke.isDisabled()).toBe(true)
  await field.fill('http://127.0.0.1:8787/api/v2/videos/a1/file?signature=x ')
  await field.press('Enter')
  await page.getByText('This is no link of this library.').waitFor()
  expect(await field.inputValue()).toContain('signature=x')
  await script.change('maintenance', { 'links.revoke': DONE })
  await revoke.click()
  await page.getByText('Revoked the link. It no longer works.').waitFor()
  expect(await field.inputValue()).toBe('')
  expect((await script.asked('links.revoke'))[1]).toEqual({
    url: 'http://127.0.0.1:8787/api/v2/videos/a1/file?signature=x',
  })
  await page.getByRole('button', { name: 'Replace secrets…' }).click()
  await page.getByText('All shared links stop working').waitFor()
  expect(await script.asked('secrets.rotate')).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Replace secrets' }).click()
  await page.getByText('Replaced the link secrets. Existing links no longer work.').waitFor()
})

it('an engine that cannot say how the library is leaves the rest of the settings usable', async () => {
  const { page, script } = await openScripted()
  const unavailable = { error: { code: 'conflict', message: 'The disk does not answer.', details: null } } as const
  await script.change('maintenance', { 'maintenance.get': unavailable, 'audit.list': unavailable })
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
  await script.change('maintenance', { 'maintenance.get': unavailable, 'audit.list': unavailable })
  await openSection(page, 'Library')
  await page.getByText('Data folder', { exact: true }).waitFor()
  await page.getByText('The library status could not be loaded: The disk does not answer.').waitFor()
  await script.change('maintenance', get())
  await page.getByText('Everything is intact').waitFor()
})

it.each(['dark', 'light'] as const)('the library settings have no axe violations, in %s', async (scheme) => {
  const { page, script } = await openScripted({ quarantine: QUARANTINE })
  await page.evaluate((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
  const found: Record<string, string[]> = {}
  const look = async (view: string) => {
    await page.waitForTimeout(400)
    found[view] = await violations(page)
  }
  await script.change('maintenance', get({ database: 'new', unlisted: { videos: 2, bytes: 1e9 } }))
  await page.getByRole('button', { name: 'Rebuild' }).waitFor()
  await look('unlisted')
  const findings = [...FINDINGS]
  const lastVerify = { finishedAt: '2026-11-12T10:14:00.000Z', objects: 214, bytes: 19.1e9, findings }
  await script.change('maintenance', get({ database: 'read_only', lastVerify, quarantine: QUARANTINE }))
  await page.getByRole('button', { name: 'What to do' }).waitFor()
  await look('read only')
  await openSection(page, 'Library')
  await page.getByText('2 problems need you').waitFor()
  await look('findings')
  await script.change('maintenance', get({ run: RUN }))
  await page.getByRole('progressbar', { name: 'Verifying' }).waitFor()
  await look('verifying')
  expect(found).toEqual({ unlisted: [], 'read only': [], findings: [], verifying: [] })
})
