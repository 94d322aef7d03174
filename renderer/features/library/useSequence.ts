import { useMemo } from 'react'
import { type EngineError, orderVideos } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { VideoSequence } from './video-sequence.ts'
import { useView, useVisit } from './view.ts'

export interface Shown {
  /** By the search, the chips and the order of the moment. */
  readonly videos: VideoSequence
  readonly isPending: boolean
  readonly error: EngineError | null
  readonly retry: () => void
}

/** What the library shows, as the engine answers it. */
export function useSequence(): Shown {
  const sort = useView((view) => view.sort)
  const search = useVisit((visit) => visit.search)
  const state = useVisit((visit) => visit.filter)
  const order = useEngine('videos', orderVideos, { search, state, sort }, { keepPrevious: true })
  const videos = useMemo(() => new VideoSequence(order.data), [order.data])
  return { videos, isPending: order.isPending, error: order.error, retry: () => void order.refetch() }
}
