import { useInterval } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { getMaintenance, type MaintenanceRun } from '../../../main/contract/index.ts'
import { queryClient, useEngine } from '../../shared/engine/queries.ts'
import { type ByteSample, rateOf, withBytes } from './condition.ts'

/** How often a run is asked about, in milliseconds, should the engine not tell that it went on. */
const ASK_MS = 1000

/** How the library is, and what verify, backup or rebuild runs. */
export function useMaintenance() {
  return useEngine('maintenance', getMaintenance, {})
}

/** Follows a run while it is shown. @returns bytes a second over the last seconds; 0 while unknown. */
export function useRunRate({ bytesDone }: MaintenanceRun): number {
  const [samples, setSamples] = useState<readonly ByteSample[]>(() => [{ at: Date.now(), bytes: bytesDone }])
  const { start, stop } = useInterval(() => {
    setSamples((before) => withBytes(before, { at: Date.now(), bytes: bytesDone }))
    void queryClient.invalidateQueries({ queryKey: ['maintenance'] })
  }, ASK_MS)
  useEffect(() => {
    start()
    return stop
  }, [start, stop])
  return rateOf(samples)
}
