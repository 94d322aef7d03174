import { createContext, use, useContext } from 'react'
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

type Later = 'videoPage' | 'settings'
type Loaded<K extends Later> = Awaited<ReturnType<NonNullable<Feature[K]>>>

const loads = new WeakMap<readonly Feature[], Map<Later, Promise<unknown[]>>>()

/** What the features add in a field that is loaded with the page that shows it; suspends until it is there. */
export function useLoaded<K extends Later>(field: K): readonly Loaded<K>[] {
  const features = useFeatures()
  const fields = loads.get(features) ?? new Map<Later, Promise<unknown[]>>()
  loads.set(features, fields)
  const load = fields.get(field) ?? Promise.all(features.flatMap((feature) => feature[field]?.() ?? []))
  fields.set(field, load)
  return use(load) as Loaded<K>[]
}
