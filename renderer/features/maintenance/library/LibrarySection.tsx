import { Loaded } from '../../../shared/settings/Loaded.tsx'
import { useMaintenance } from '../useMaintenance.ts'
import { Backup } from './Backup.tsx'
import { Condition } from './Condition.tsx'
import { Quarantine } from './Quarantine.tsx'
import { Rebuild } from './Rebuild.tsx'
import { Snapshots } from './Snapshots.tsx'
import { Storage } from './Storage.tsx'

/** The section of Settings about the library folder: place, verification, backup, rebuild, quarantine, snapshots. */
export function LibrarySection() {
  return (
    <>
      <Storage />
      <Loaded query={useMaintenance()} what="The library status" height={320}>
        {(state) => (
          <>
            <Condition state={state} />
            <Backup state={state} />
            <Rebuild state={state} />
            <Quarantine state={state} />
            <Snapshots state={state} />
          </>
        )}
      </Loaded>
    </>
  )
}
