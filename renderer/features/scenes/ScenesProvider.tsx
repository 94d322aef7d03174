import { type ReactNode, useEffect, useState } from 'react'
import { useKeys } from '../../shared/keys/useKeys.ts'
import { useView } from '../../shared/player/view-store.ts'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import { AdjustmentContext, createAdjustment } from './adjustment/adjustment.ts'
import { focusFind } from './pane/focus-find.ts'
import { SCENE_KEYS } from './scene-keys.ts'

/** Keeps the adjustment of the open video's scenes, and obeys the keys of scenes. */
export function ScenesProvider({ children }: { children: ReactNode }) {
  const [adjustment] = useState(createAdjustment)
  const { pane } = useOpenVideo()
  const { tab, setTab } = useView()
  const visible = pane.shown && tab === 'scenes'
  // Nothing is adjusted where its panel cannot be seen.
  useEffect(() => {
    if (!visible) adjustment.close()
  }, [adjustment, visible])
  const show = (): void => {
    pane.open()
    setTab('scenes')
  }
  const commands = {
    find: () => {
      show()
      focusFind()
    },
    adjust: () => {
      if (adjustment.state.getState().open) adjustment.close()
      else {
        show()
        adjustment.open()
      }
    },
  }
  useKeys(SCENE_KEYS, (command) => commands[command]())
  return <AdjustmentContext value={adjustment}>{children}</AdjustmentContext>
}
