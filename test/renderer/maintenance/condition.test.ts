import { describe, expect, it } from 'vitest'
import { type Finding, FINDING_KINDS, FINDING_PROBLEMS, type MaintenanceRun } from '../../../main/contract/index.ts'
import {
  conditionOf,
  nameOf,
  problemOf,
  rateOf,
  runText,
  sortedFindings,
  withBytes,
  type ByteSample,
} from '../../../renderer/features/maintenance/condition.ts'

const finding = (differences: Partial<Finding> = {}): Finding => ({
  ...{ kind: 'object', problem: 'damaged', path: 'objects/ab/abcd', sha256: 'abcd', videoId: null },
  ...{ title: 'East gate', heals: 'import', remedy: 'Import the same file again.' },
  ...differences,
})
const verified = (...findings: Finding[]) =>
  conditionOf({
    database: 'good',
    lastVerify: { finishedAt: '2026-11-12T10:00:00.000Z', objects: 214, bytes: 19.1e9, findings },
  })

describe('the condition of a library', () => {
  it('is unknown before it was verified', () => {
    expect(conditionOf({ database: 'good', lastVerify: null })).toMatchObject({
      tone: 'unknown',
      text: 'Not verified yet',
    })
  })

  it('is good when nothing was found', () => {
    expect(verified()).toMatchObject({ tone: 'good', text: 'Everything is intact' })
    expect(verified().note).toMatch(/^Verified on 12 Nov 2026, \d\d:00: 214 video files, 19\.10 GB\.$/)
  })

  it('does not call a database whole that is damaged now', () => {
    const lastVerify = { finishedAt: '2026-11-12T10:00:00.000Z', objects: 2, bytes: 1e9, findings: [] }
    expect(conditionOf({ database: 'read_only', lastVerify }).text).toBe('The video files were intact')
  })

  it('counts problems that need a person and those repaired automatically', () => {
    const healing = finding({ kind: 'derived', problem: 'missing', heals: 'itself' })
    expect(verified(healing)).toMatchObject({ tone: 'warn', text: '1 problem is repaired automatically' })
    expect(verified(finding())).toMatchObject({ tone: 'bad', text: '1 problem needs you' })
    expect(verified(finding(), finding({ heals: 'none' }), healing, healing)).toMatchObject({
      ...{ tone: 'bad', text: '2 problems need you, 2 problems are repaired automatically' },
    })
  })

  it('lists first what is lost, then what needs a person', () => {
    const given = (['itself', 'import', 'none', 'backup'] as const).map((heals) => finding({ heals }))
    expect(sortedFindings(given).map(({ heals }) => heals)).toEqual(['none', 'import', 'backup', 'itself'])
  })

  it('has a sentence for every kind of finding', () => {
    const sentences = FINDING_KINDS.flatMap((kind) => FINDING_PROBLEMS.map((problem) => problemOf({ kind, problem })))
    expect(new Set(sentences).size).toBe(FINDING_KINDS.length * FINDING_PROBLEMS.length)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('names what has no title by where it lies, and hides nothing in a title', () => {
    expect(nameOf(finding({ title: null }))).toBe('objects/ab/abcd')
    expect(nameOf(finding({ title: 'a\u202eb' }))).toBe('a\\u202eb')
  })
})

describe('a verify, backup or rebuild under way', () => {
  const run: MaintenanceRun = {
    ...{ kind: 'verify', startedAt: '2026-11-12T10:00:00.000Z', progressPercent: 65.9, step: 'Reading video files' },
    ...{ bytesDone: 12.55e9, bytesTotal: 19.1e9, secondsLeft: 78 },
  }

  it('says how far, how fast and how long', () => {
    expect(runText(run, 84e6)).toEqual({
      name: 'Verifying',
      percent: 65,
      facts: '12.55 of 19.10 GB, 84 MB/s, 1 min left',
    })
  })

  it('says only what is known, and 100% not before the end', () => {
    const begun = {
      ...run,
      kind: 'backup',
      progressPercent: 100,
      bytesDone: 0,
      bytesTotal: 0,
      secondsLeft: null,
    } as const
    expect(runText(begun, 0)).toEqual({ name: 'Backing up', percent: 99, facts: '' })
  })

  it('takes its rate from the last ten seconds', () => {
    let samples: ByteSample[] = []
    for (let at = 0; at <= 20_000; at += 500)
      samples = withBytes(samples, { at, bytes: at < 10_000 ? 0 : (at - 10_000) * 1e3 })
    expect(rateOf(samples)).toBeCloseTo(1e6, -4)
    expect(rateOf(samples.slice(-2))).toBe(0)
    expect(rateOf([])).toBe(0)
  })

  it('restarts its rate with another run', () => {
    const samples = withBytes([{ at: 0, bytes: 9e9 }], { at: 5000, bytes: 1e6 })
    expect(samples).toEqual([{ at: 5000, bytes: 1e6 }])
  })
})
