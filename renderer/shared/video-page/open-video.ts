import { createContext, useContext } from 'react'
import type { Scene, Video } from '../../../main/contract/index.ts'
import type { PlayerPage } from '../player/commands.ts'

/** The video that its page shows, and how the page is laid out now. */
export interface OpenVideo extends PlayerPage {
  readonly video: Video
  readonly scenes: readonly Scene[]
  /** Whether the scenes are still being read. */
  readonly loading: boolean
}

export const OpenVideoContext = createContext<OpenVideo | null>(null)

export function useOpenVideo(): OpenVideo {
  const open = useContext(OpenVideoContext)
  if (!open) throw new Error('A part of the video page stands outside it.')
  return open
}
