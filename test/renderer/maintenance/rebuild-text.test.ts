import { describe, expect, it } from 'vitest'
import { broughtBack, rebuildHint } from '../../../renderer/features/maintenance/rebuild-text.ts'
import { FINDINGS } from '../../support/maintenance-state.ts'

const last = (videos: number, uploads = 0, findings = 0) => ({
  ...{ videos, uploads, findings: FINDINGS.slice(0, findings), finishedAt: '2026-11-12T10:00:00.000Z' },
  errorMessage: null as string | null,
})

describe('the outcome of a rebuild', () => {
  it('counts what was restored and what could not be', () => {
    expect([last(3), last(1, 2), last(0), last(0, 1), last(1, 0, 1)].map(broughtBack)).toEqual([
      '3 videos restored',
      '1 video restored, 2 unfinished uploads restored',
      'no video restored',
      '1 unfinished upload restored',
      '1 video restored, 1 item could not be restored',
    ])
  })

  it('is part of the hint, with the error if it failed', () => {
    const none = { videos: 0, bytes: 0 }
    expect(rebuildHint({ unlisted: none, lastRebuild: last(2) })).toMatch(/Rebuilt on .*: 2 videos restored\.$/)
    const stopped = { ...last(0), errorMessage: 'The disk is full.' }
    expect(rebuildHint({ unlisted: none, lastRebuild: stopped })).toMatch(/did not finish: The disk is full\.$/)
    expect(rebuildHint({ unlisted: { videos: 1, bytes: 2e9 }, lastRebuild: null })).toMatch(
      /^1 video \(2\.00 GB\).* is not in the library/,
    )
  })
})
