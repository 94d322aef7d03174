import { readableBytes } from '../base/bytes.ts'
import { printable, printableJson } from '../base/printable.ts'
import { listSnapshots, useSnapshot } from '../platform/database/index.ts'
import type { DataFolder } from '../platform/files/index.ts'
import type { CommandAnswer, Print } from './answer.ts'

/** Lists the copies of the database, newest first. */
export function showSnapshots(folder: DataFolder, json: boolean, print: Print): CommandAnswer {
  const snapshots = listSnapshots(folder)
  for (const { name, madeAt, sizeBytes, reason } of snapshots) {
    const line = { name, made_at: madeAt, size_bytes: sizeBytes, reason }
    if (json) print(printableJson(JSON.stringify(line)))
    else print(`${name}  ${madeAt.slice(0, 16).replace('T', ' ')} UTC  ${readableBytes(sizeBytes).padStart(8)}`)
  }
  const count = `${snapshots.length} cop${snapshots.length === 1 ? 'y' : 'ies'} of the database`
  return { isWell: true, summary: `${count}. "use-snapshot NAME" replaces the database by one of them.` }
}

/** Replaces the database by a copy. @throws EngineError what `useSnapshot` throws. */
export async function takeSnapshot(folder: DataFolder, name: string): Promise<CommandAnswer> {
  const aside = await useSnapshot(folder, name)
  const before = aside === null ? 'There was no database before.' : `The old one is in ${printable(aside)}.`
  const summary = `${name} is the database now. ${before} "rebuild" restores videos that were added later.`
  return { isWell: true, summary }
}
