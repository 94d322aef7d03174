import { describe, expect, it } from 'vitest'
import type { QuarantinedItem } from '../../../main/contract/index.ts'
import { backupHint } from '../../../renderer/features/maintenance/library/backup-text.ts'
import {
  keptText,
  quarantinedName,
  quarantinedNote,
} from '../../../renderer/features/maintenance/library/quarantine-text.ts'
import { repairCommands } from '../../../renderer/features/maintenance/library/repair-commands.ts'

const item = (differences: Partial<QuarantinedItem> = {}): QuarantinedItem => ({
  ...{ id: 'q1', kind: 'object', title: 'East gate', filename: 'GX01.MP4', sizeBytes: 1e9, restorable: true },
  ...{ movedAt: '2026-11-12T10:00:00.000Z', keptUntil: '2026-12-12T10:00:00.000Z' },
  ...differences,
})

describe('a thing in quarantine', () => {
  it('is called by its title, else its file name, else what it is', () => {
    const names = (['a', null] as const).map((title) => {
      const named = item({ title })
      return [quarantinedName(named), quarantinedNote(named)]
    })
    expect(names).toEqual([
      ['a', 'Video file, GX01.MP4'],
      ['GX01.MP4', 'Video file'],
    ])
    const database = item({ kind: 'database', title: null, filename: null })
    expect([quarantinedName(database), quarantinedNote(database)]).toEqual(['Damaged database', ''])
    expect(quarantinedName(item({ title: 'gate\u202e4pm' }))).toBe('gate\\u202e4pm')
  })

  it('stays until somebody deletes it once its time is over', () => {
    expect(keptText(item(), Date.parse('2026-11-30T00:00:00Z'))).toBe('12 December 2026')
    expect(keptText(item(), Date.parse('2026-12-30T00:00:00Z'))).toBe('Until you delete it')
  })
})

describe('the hint of a backup', () => {
  const last = {
    finishedAt: '2026-11-12T10:00:00.000Z',
    folder: '/media/backup',
    objects: 1,
    bytes: 2e9,
    errorMessage: null,
    damageMessage: null,
  }

  it('explains backups before the first one', () => {
    expect(backupHint(null)).toMatch(/^No backup yet\. Choose a folder on another disk/)
  })

  it('says when, where and how much, and whether it was made', () => {
    expect(backupHint(last)).toMatch(
      /^Last backup on 12 Nov 2026, \d\d:00 in \/media\/backup: 1 video file, 2\.00 GB\.$/,
    )
    expect(backupHint({ ...last, errorMessage: 'Full.' })).toMatch(/^Last attempt on /)
  })
})

describe('commands that mend a library', () => {
  it('name the newest snapshot and the data folder', () => {
    expect(repairCommands('/data/my library', { name: 'a.db' })).toEqual({
      useSnapshot: 'npm run library -- use-snapshot a.db --data "/data/my library"',
      rebuild: 'npm run library -- rebuild --data "/data/my library"',
    })
    expect(repairCommands('/data', undefined).useSnapshot).toBeNull()
  })
})
