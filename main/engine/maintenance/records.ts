import { z } from 'zod'
import { Finding, MaintenanceState, VERIFY_SCHEDULES } from '../../contract/index.ts'
import type { Settings } from '../../platform/settings/index.ts'

/** More findings are not kept: whoever has so many restores a backup. */
const MOST_FINDINGS = 1_000

const LastVerify = MaintenanceState.shape.lastVerify.unwrap()
const LastBackup = MaintenanceState.shape.lastBackup.unwrap()
export type LastBackup = z.infer<typeof LastBackup>

/** A verify that is under way, or that the end of the process cut off. */
const BegunVerify = z.object({
  /** The last object that is done with. */
  after: z.string(),
  objects: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  findings: z.array(Finding),
})
export type BegunVerify = z.infer<typeof BegunVerify>

const Schedule = z.enum(VERIFY_SCHEDULES)
type Schedule = z.infer<typeof Schedule>

/** What is remembered of maintenance from one start to the next. */
export class MaintenanceRecords {
  readonly #settings: Settings

  constructor(settings: Settings) {
    this.#settings = settings
  }

  get schedule(): Schedule {
    return this.#settings.read('verify_schedule', Schedule) ?? 'weekly'
  }

  set schedule(schedule: Schedule) {
    this.#settings.write('verify_schedule', schedule)
  }

  get lastVerify(): z.infer<typeof LastVerify> | null {
    return this.#settings.read('last_verify', LastVerify)
  }

  saveVerify(last: z.infer<typeof LastVerify>): void {
    this.#settings.write('last_verify', { ...last, findings: last.findings.slice(0, MOST_FINDINGS) })
  }

  get lastBackup(): LastBackup | null {
    return this.#settings.read('last_backup', LastBackup)
  }

  saveBackup(last: LastBackup): void {
    this.#settings.write('last_backup', last)
  }

  get begunVerify(): BegunVerify | null {
    return this.#settings.read('begun_verify', BegunVerify)
  }

  set begunVerify(begun: BegunVerify | null) {
    const kept = begun && { ...begun, findings: begun.findings.slice(0, MOST_FINDINGS) }
    this.#settings.write('begun_verify', kept)
  }

  /** Since when this library is looked after; from then on the first verify by schedule is counted. */
  get since(): number {
    const known = this.#settings.read('maintenance_since', z.number())
    if (known !== null) return known
    const now = Date.now()
    this.#settings.write('maintenance_since', now)
    return now
  }
}
