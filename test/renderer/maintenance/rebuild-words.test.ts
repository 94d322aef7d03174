import { describe, expect, it } from 'vitest'
import { broughtBack, rebuildHint } from '../../../renderer/features/maintenance/rebuild-words.ts'
import { FINDINGS } from '../../support/maintenance-state.ts'

const last = (films: number, uploads = 0, findings = 0) => ({
  ...{ films, uploads, findings: FINDINGS.slice(0, findings), finishedAt: '2026-11-12T10:00:00.000Z' },
  errorMessage: null as string | null,
})

describe('the outcome of a rebuild', () => {
  it('counts what came back and what could not', () => {
    expect([last(3), last(1, 2), last(0), last(0, 1), last(1, 0, 1)].map(broughtBack)).toEqual([
      '3 films are back',
      '1 film is back, 2 unfinished uploads are back',
      'no film came back',
      '1 unfinished upload is back',
      '1 film is back, 1 thing could not be brought back',
    ])
  })

  it('is part of the hint, with why it did not end', () => {
    const none = { films: 0, bytes: 0 }
    expect(rebuildHint({ unlisted: none, lastRebuild: last(2) })).toMatch(/Rebuilt on .*: 2 films are back\.$/)
    const stopped = { ...last(0), errorMessage: 'The disk is full.' }
    expect(rebuildHint({ unlisted: none, lastRebuild: stopped })).toMatch(/did not end: The disk is full\.$/)
    expect(rebuildHint({ unlisted: { films: 1, bytes: 2e9 }, lastRebuild: null })).toMatch(/^1 film of 2\.00 GB lies/)
  })
})
