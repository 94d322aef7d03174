import { createContext, useContext } from 'react'
import type { Feature } from './feature.ts'

/** All features of the window, in the order of the rail. */
export const FeaturesContext = createContext<readonly Feature[]>([])

export function useFeatures(): readonly Feature[] {
  return useContext(FeaturesContext)
}

type Item<K extends keyof Feature> =
  NonNullable<Feature[K]> extends readonly (infer One)[] ? One : NonNullable<Feature[K]>

/** What the features add in one of their fields, one after the other. */
export function useContributions<K extends keyof Feature>(field: K): readonly Item<K>[] {
  return useFeatures().flatMap((feature) => (feature[field] ?? []) as Item<K> | readonly Item<K>[])
}
