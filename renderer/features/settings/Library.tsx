import { Skeleton } from '@mantine/core'
import { useMaintenance } from '../maintenance/useMaintenance.ts'
import { Backup } from './Backup.tsx'
import { Condition } from './Condition.tsx'
import { Problem } from './Problem.tsx'
import { Quarantine } from './Quarantine.tsx'
import { Rebuild } from './Rebuild.tsx'
import { Snapshots } from './Snapshots.tsx'
import { Storage } from './Storage.tsx'

/** Where the library lies, whether it is whole, and what keeps it so. */
export function Library() {
  const { data, error, refetch } = useMaintenance()
  return (
    <>
      <Storage />
      {error && <Problem what="The library status" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={320} radius={8} />}
      {data && (
        <>
          <Condition state={data} />
          <Backup state={data} />
          <Rebuild state={data} />
          <Quarantine state={data} />
          <Snapshots state={data} />
        </>
      )}
    </>
  )
}
