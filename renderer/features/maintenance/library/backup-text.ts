import type { MaintenanceState } from '../../../../main/contract/index.ts'
import { plain } from '../../../shared/format/plain.ts'
import { count, size } from '../../../shared/format/size.ts'
import { dateTime } from '../../../shared/format/time.ts'

/** What there is of a backup, in a sentence. */
export function backupHint(last: MaintenanceState['lastBackup']): string {
  if (!last) {
    return 'No backup yet. Choose a folder on another disk: videos, titles, notes and albums are copied. Later backups copy only what is new.'
  }
  const { finishedAt, folder, objects, bytes, errorMessage } = last
  const what = `${count(objects, 'video file')}, ${size(bytes)}`
  const how = errorMessage === null ? 'Last backup' : 'Last attempt'
  return `${how} on ${dateTime(finishedAt)} in ${plain(folder)}: ${what}.`
}
