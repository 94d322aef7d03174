import type { FullScreen } from './useFullScreen.ts'
import type { Command } from './keys.ts'
import type { Pane } from '../pane/usePane.ts'
import type { Player } from './player.ts'
import { useView } from './view-store.ts'

export interface PlayerPage {
  readonly pane: Pane
  readonly fullScreen: FullScreen
}

const ZOOM_STEP = 1.5

/** What the keys of the player do. */
export function playerCommands({ playback, timeline }: Player, page: PlayerPage): Record<Command, () => void> {
  return {
    toggle: () => playback.toggle(),
    backward: () => playback.backward(),
    stop: () => playback.stop(),
    forward: () => playback.forward(),
    previousFrame: () => playback.stepFrames(-1),
    nextFrame: () => playback.stepFrames(1),
    secondBack: () => playback.skip(-1),
    secondOn: () => playback.skip(1),
    previousScene: () => playback.toPreviousScene(),
    nextScene: () => playback.toNextScene(),
    toStart: () => playback.seekToFrame(0),
    toEnd: () => playback.toEnd(),
    markIn: () => playback.markIn(),
    markOut: () => playback.markOut(),
    clearRange: () => playback.clearRange(),
    loop: () => playback.nextLoop(),
    mute: () => useView.getState().toggleMuted(),
    fullScreen: page.fullScreen.toggle,
    zoomIn: () => timeline.zoomAround(playback.time, ZOOM_STEP),
    zoomOut: () => timeline.zoomAround(playback.time, 1 / ZOOM_STEP),
    fit: () => timeline.fit(),
    pane: page.pane.toggle,
  }
}
