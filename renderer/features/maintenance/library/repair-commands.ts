import type { Snapshot } from '../../../../main/contract/index.ts'

export interface RepairCommands {
  /** Null without a snapshot. */
  readonly useSnapshot: string | null
  readonly rebuild: string
}

/** What mends a library whose database is damaged, to be typed while Fieldreel is closed. */
export function repairCommands(dataFolder: string, newest: Pick<Snapshot, 'name'> | undefined): RepairCommands {
  const at = `--data "${dataFolder}"`
  return {
    useSnapshot: newest ? `npm run library -- use-snapshot ${newest.name} ${at}` : null,
    rebuild: `npm run library -- rebuild ${at}`,
  }
}
