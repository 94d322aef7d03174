import { useInterval } from '@mantine/hooks'
import { useEffect } from 'react'
import { create } from 'zustand'
import { withSample, type RateSample } from './rate-history.ts'

const SAMPLE_MS = 1000

/** Outlives the page, so that coming back shows what was seen before. */
const useHistory = create<{ samples: readonly RateSample[] }>(() => ({ samples: [] }))

/** The rate of the last two minutes, sampled once a second while something is copied. */
export function useRateHistory(bytesPerSecond: number, active: boolean): readonly RateSample[] {
  const { start, stop } = useInterval(() => {
    useHistory.setState(({ samples }) => ({ samples: withSample(samples, { at: Date.now(), bytesPerSecond }) }))
  }, SAMPLE_MS)
  useEffect(() => {
    if (active) start()
    return stop
  }, [active, start, stop])
  return useHistory(({ samples }) => samples)
}
