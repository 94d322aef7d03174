import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import {
  DEFAULT_SCENE_SETTINGS,
  getSceneSettings,
  getVideoSceneSettings,
  previewScenes,
  type SceneSettings,
} from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { useAdjustment } from './adjustment.ts'
import { cutChanges } from './changes.ts'

/** A hand that drags is not asked about at every pixel. */
const SETTLE_MS = 40

/** What the panel and the timeline show of an adjustment; nothing is asked while it is closed. */
export function usePreview() {
  const {
    video: { videoId },
    scenes,
  } = useOpenVideo()
  const { open, draft } = useStore(useAdjustment().state)
  const used = useEngine('videos', getVideoSceneSettings, { videoId }, { enabled: open })
  const library = useEngine('sceneSettings', getSceneSettings, {}, { enabled: open })
  const settings = draft ?? used.data?.settings ?? null
  const [settled] = useDebouncedValue(settings, SETTLE_MS)
  const asked = settled ?? settings
  const preview = useEngine(
    'videos',
    previewScenes,
    { videoId, settings: asked ?? DEFAULT_SCENE_SETTINGS },
    { enabled: open && asked !== null, keepPrevious: true },
  )
  const next = open ? preview.data?.scenes : undefined
  const changes = useMemo(() => next && cutChanges(scenes, next), [scenes, next])
  return {
    open,
    /** What is chosen now; null until it is known what the scenes were cut by. */
    settings,
    used: used.data ?? null,
    library: library.data ?? null,
    /** How many scenes there would be, and which cuts come and go; undefined until known. */
    countThen: next?.length,
    changes,
    error: used.error ?? library.error ?? preview.error,
  }
}

export function isSame(a: SceneSettings, b: SceneSettings): boolean {
  return (
    a.sensitivity === b.sensitivity &&
    a.minimumSceneSeconds === b.minimumSceneSeconds &&
    a.splitLongScenes === b.splitLongScenes
  )
}
