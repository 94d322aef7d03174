import { existsSync } from 'node:fs'
import { BY_TASK, finding, type Subject } from '../findings.ts'
import type { ListedTask } from '../../pipeline/index.ts'
import type { Inventory } from '../inventory.ts'
import { bytesOf, readFile } from '../reading.ts'
import { reportConfirmed } from './confirm.ts'
import type { Suspect, Verification } from './verification.ts'

const END_OF_EVENT = '\n\n'
const END_OF_STREAM = 'data: [DONE]\n\n'

/** Compares the streams of ended tasks with what was recorded of them. */
export async function checkStreams(verification: Verification): Promise<void> {
  const { rows } = verification
  if (!rows) return
  const suspects: Suspect[] = []
  for (const task of rows.tasks.all()) {
    if (task.completedAt === null) continue
    const problem = await problemOf(verification, rows, task)
    if (problem === null) continue
    const subject: Subject = { kind: 'stream', path: `streams/${task.id}.sse`, title: task.title }
    suspects.push({ finding: finding(subject, problem, BY_TASK), isStillWrong: () => rows.tasks.has(task.id) })
  }
  await reportConfirmed(suspects, verification)
}

async function problemOf(
  { folder, pace, onBytes }: Verification,
  rows: Inventory,
  { id, processedFrames: processed }: ListedTask,
): Promise<'missing' | 'damaged' | null> {
  const file = folder.stream(id)
  const recorded = rows.objects.checksums(id).get('stream')
  // A task that was cancelled before it began has none.
  if (!recorded && processed === 0 && !existsSync(file)) return null
  const read = await readFile(file, pace, { onBytes })
  if (read.is !== 'read') return read.is === 'missing' ? 'missing' : 'damaged'
  if (recorded) {
    const isSame = read.sizeBytes === recorded.sizeBytes && read.digest === recorded.sha256
    return isSame ? null : 'damaged'
  }
  const bytes = await bytesOf(file, pace)
  return bytes !== null && isWholeStream(bytes.toString('utf8'), processed) ? null : 'damaged'
}

/** Of streams that ended before checksums were kept: every event is one, and there are as many as frames. */
function isWholeStream(text: string, processed: number): boolean {
  if (!text.endsWith(END_OF_STREAM)) return false
  const events = text.slice(0, -END_OF_STREAM.length).split(END_OF_EVENT).slice(0, -1)
  // The last one says how it ended.
  return events.every(isEvent) && events.length === processed + 1
}

function isEvent(event: string): boolean {
  try {
    return event.startsWith('data: ') && typeof JSON.parse(event.slice('data: '.length)) === 'object'
  } catch {
    return false
  }
}
