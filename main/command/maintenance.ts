import { RateMeter } from '../base/rate-meter.ts'
import { readableBytes } from '../base/bytes.ts'
import type { Finding } from '../contract/index.ts'
import { type Outcome, runMaintenance, type ToMaintenance } from '../engine/maintenance/index.ts'
import type { CommandAnswer, Print } from './answer.ts'
import type { LibraryArguments, LibraryCommand } from './library-arguments.ts'
import { findingToJsonLine, findingToText, isDamage } from './library-report.ts'
import type { ProgressView } from './progress.ts'

/** Commands that work while another process has the library open. */
export type MaintenanceCommand = Extract<LibraryCommand, 'verify' | 'backup' | 'restore'>
type MaintenanceArguments = LibraryArguments & { readonly command: MaintenanceCommand }

/** As fast as the disk is. */
const UNLIMITED = { idle: null, busy: null }

export interface MaintenanceCommandOptions {
  /** Holds the built entries of workers. */
  readonly workersFolder: string
  readonly view: ProgressView
  readonly signal: AbortSignal
  readonly print: Print
}

/**
 * Verifies, backs up or restores a library; another process may have it open.
 * @throws EngineError of the work; `cancelled` when the signal aborts.
 */
export async function runMaintenanceCommand(
  args: MaintenanceArguments,
  { workersFolder, view, signal, print }: MaintenanceCommandOptions,
): Promise<CommandAnswer> {
  const work = workOf(args)
  const rate = new RateMeter()
  rate.begin(Date.now())
  const findings: Finding[] = []
  let last = 0
  const outcome = await runMaintenance(workersFolder, work, {
    signal,
    onFinding: (finding) => {
      findings.push(finding)
      print(args.json ? findingToJsonLine(finding) : findingToText(finding))
    },
    onProgress: ({ step, bytesDone, bytesTotal }) => {
      rate.add(Math.max(0, bytesDone - last), Date.now())
      last = bytesDone
      const left = rate.secondsLeft(bytesTotal - bytesDone, Date.now())
      view.show(args.command, step, bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0, left)
    },
  })
  return { isWell: !findings.some(isDamage), summary: summaryOf(args, outcome, findings) }
}

function workOf({ command, data, operands }: MaintenanceArguments): ToMaintenance {
  const [folder = ''] = operands
  switch (command) {
    case 'verify':
      return { do: 'verify', request: { root: data, rates: UNLIMITED, after: '', badObjects: [] } }
    case 'backup':
      return { do: 'backup', request: { root: data, target: folder, rates: UNLIMITED } }
    case 'restore':
      return { do: 'restore', request: { source: folder, root: data } }
  }
}

function summaryOf({ command }: MaintenanceArguments, outcome: Outcome, findings: readonly Finding[]): string {
  const objects = `${outcome.objects} video${outcome.objects === 1 ? '' : 's'}`
  const bytes = readableBytes(outcome.bytes)
  const [damaged, unknown] = [findings.filter(isDamage).length, findings.filter((one) => !isDamage(one)).length]
  const problems = [damaged > 0 ? `${damaged} damaged or missing` : '', unknown > 0 ? `${unknown} unknown` : '']
  const verdict = problems.filter(Boolean).join(', ') || 'nothing is damaged'
  switch (command) {
    case 'backup':
      return `Backed up ${objects}, ${bytes} in all, ${readableBytes(outcome.copiedBytes)} copied now: ${verdict}.`
    case 'restore':
      return `Restored ${objects}, ${bytes}: ${verdict}.`
    case 'verify':
      return `Read ${objects}, ${bytes} in all: ${verdict}.`
  }
}
