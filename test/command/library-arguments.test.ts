import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { HelpRequested, UsageError } from '../../main/command/arguments.ts'
import { LIBRARY_COMMANDS, parseLibrary } from '../../main/command/library-arguments.ts'
import { findingToJsonLine, findingToText, isDamage } from '../../main/command/library-report.ts'
import type { Finding } from '../../main/contract/index.ts'

describe('the arguments of library', () => {
  it('name a command, a folder where one is needed, and a library', () => {
    expect(parseLibrary(['verify', '--data', 'lib', '--json'], {})).toEqual({
      ...{ command: 'verify', data: path.resolve('lib'), json: true, operands: [] },
    })
    expect(parseLibrary(['backup', 'disk', '--data', 'lib'], {})).toMatchObject({
      ...{ command: 'backup', json: false, operands: [path.resolve('disk')] },
    })
    const name = 'daily-20261129T135211123Z.db'
    expect(parseLibrary(['use-snapshot', name], {})).toMatchObject({ command: 'use-snapshot', operands: [name] })
    for (const command of ['rebuild', 'snapshots', 'rotate-secrets', 'audit'])
      expect(parseLibrary([command], {})).toMatchObject({ command, operands: [] })
    expect(parseLibrary(['restore', 'disk'], { FIELDREEL_DATA: '/library' })).toMatchObject({ data: '/library' })
  })

  it.each([
    [[]],
    [['tidy']],
    [['backup']],
    [['backup', 'a', 'b']],
    [['verify', 'a']],
    [['use-snapshot']],
    [['audit', 'a']],
    [['backup', '']],
    [['verify', '--fast']],
  ])('are refused when they are %j, with how to call it', (args) => {
    expect(() => parseLibrary(args, {})).toThrow(UsageError)
    expect(() => parseLibrary(args, {})).toThrow(/Usage: npm run library/)
  })

  it('never reach a terminal raw', () => {
    expect(() => parseLibrary(['\x1b[31mred'], {})).toThrow('\\x1b[31mred')
  })

  it('are all explained by --help', () => {
    expect(() => parseLibrary(['--help'], {})).toThrow(HelpRequested)
    try {
      parseLibrary(['--help'], {})
    } catch (error) {
      for (const command of Object.keys(LIBRARY_COMMANDS)) expect((error as Error).message).toContain(command)
    }
  })
})

describe('a finding', () => {
  const finding: Finding = {
    ...{ kind: 'object', problem: 'damaged', path: 'objects/ab/abc', sha256: 'abc', videoId: null },
    ...{ title: 'East\u202e \x1b[2Jgate', heals: 'import', remedy: 'Import it again.' },
  }

  it('is one line of JSON that a terminal does not obey', () => {
    const line = findingToJsonLine(finding)
    expect(line).not.toMatch(/[\n\x1b\u202e]/)
    expect(JSON.parse(line)).toEqual({
      ...{ kind: 'object', problem: 'damaged', path: 'objects/ab/abc', sha256: 'abc', video_id: null },
      ...{ title: finding.title, heals: 'import', remedy: 'Import it again.' },
    })
  })

  it('is shown to a person with escapes', () => {
    const text = findingToText(finding)
    expect(text).toContain('East\\u202e \\x1b[2Jgate')
    expect(text.split('\n')).toHaveLength(3)
  })

  it('is damage unless nothing of the library needs it', () => {
    expect((['damaged', 'missing', 'unknown'] as const).map((problem) => isDamage({ ...finding, problem }))).toEqual([
      ...[true, true, false],
    ])
  })
})
