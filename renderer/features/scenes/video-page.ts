import { IconMovie } from '@tabler/icons-react'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import type { VideoPagePart } from '../../shared/video-page/part.ts'
import { CutChanges } from './lane/CutChanges.tsx'
import { LaneNote } from './lane/LaneNote.tsx'
import { SceneCount } from './lane/SceneCount.tsx'
import { SceneLane } from './lane/SceneLane.tsx'
import { Scenes } from './pane/Scenes.tsx'
import { FindScenesButton } from './FindScenesButton.tsx'
import { ScenesProvider } from './ScenesProvider.tsx'

const useCount = (): number => useOpenVideo().scenes.length

export const SCENES: VideoPagePart = {
  Provider: ScenesProvider,
  BarActions: FindScenesButton,
  lane: {
    name: 'Scenes',
    icon: IconMovie,
    height: 64,
    useCount,
    Content: SceneLane,
    Over: CutChanges,
    Note: LaneNote,
    Head: SceneCount,
  },
  tab: { id: 'scenes', name: 'Scenes', useCount, Content: Scenes },
}
