import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Period } from '../../../main/contract/index.ts'

interface View {
  readonly period: Period
  readonly setPeriod: (period: Period) => void
}

/** How far back somebody looks; kept between pages and starts. */
export const useView = create<View>()(
  persist((set) => ({ period: '30d', setPeriod: (period) => set({ period }) }), {
    name: 'fieldreel-analytics-view',
    version: 1,
  }),
)

/** The days and hours of the person who looks, not of Greenwich. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
