import { useInterval } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { getMaintenance, getSystem, type MaintenanceRun } from '../../../main/contract/index.ts'
import { queryClient, useEngine } from '../../shared/engine/queries.ts'
import { type ByteSample, rateOf, withBytes } from './condition.ts'

/** How often a run is asked about, in milliseconds, should the engine not tell that it went on. */
const ASK_MS = 1000

/** How the library is, and what verify, backup or rebuild runs. */
export function useMaintenance() {
  return useEngine('maintenance', getMaintenance, {})
}

/** Of what `useStorage` asks. */
export const STORAGE_KEY = ['maintenance', getSystem.name]

/** Whether the library folder is in its place. Asked under `maintenance`: the engine tells that topic when it changes. */
export function useStorage() {
  return useEngine('maintenance', getSystem, {})
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
