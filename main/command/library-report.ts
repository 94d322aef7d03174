import { printable, printableJson } from '../base/printable.ts'
import type { Finding } from '../contract/index.ts'

/** One line of JSON for a finding. */
export function findingToJsonLine(finding: Finding): string {
  const { kind, problem, path, sha256, videoId, title, heals, remedy } = finding
  return printableJson(JSON.stringify({ kind, problem, path, sha256, video_id: videoId, title, heals, remedy }))
}

/** A finding for a person: two lines, and one that says what to do. */
export function findingToText({ kind, problem, path, sha256, title, remedy }: Finding): string {
  const name = title === null ? (sha256 ?? '') : `"${title}"`
  return [`${problem.padEnd(8)} ${kind.padEnd(8)} ${name}`, `  ${path}`, `  ${remedy}`].map(printable).join('\n')
}

/** Whether a finding is damage: a file that no row names is none. */
export function isDamage({ problem }: Finding): boolean {
  return problem !== 'unknown'
}
