import { useEffect, useEffectEvent } from 'react'
import { focusFind } from './pane/focus-find.ts'
import { type Command, commandOf } from './keys.ts'
import { goToNeighbour, writeNote } from './notes/note-actions.ts'
import type { Player } from './player.ts'
import { useView } from './view-store.ts'

interface PageActions {
  readonly togglePane: () => void
  readonly openPane: () => void
  readonly toggleFullScreen: () => void
  readonly leaveFullScreen: () => void
}

const ZOOM_STEP = 1.5

/** Obeys the keys of the player while its page is open. */
export function useCommands(player: Player, page: PageActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || belongsElsewhere(event)) return
    const command = commandOf(event)
    if (!command) return
    event.preventDefault()
    if (event.repeat && !REPEATING.has(command)) return
    commandsOf(player, page)[command]()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** What goes on while a key is held. */
const REPEATING: ReadonlySet<Command> = new Set([
  'previousFrame',
  'nextFrame',
  'secondBack',
  'secondOn',
  'previousScene',
  'nextScene',
  'nextNote',
  'previousNote',
  'zoomIn',
  'zoomOut',
])

function commandsOf(player: Player, page: PageActions): Record<Command, () => void> {
  const { playback, timeline, adjustment } = player
  const find = (): void => {
    page.openPane()
    useView.getState().setTab('scenes')
    focusFind()
  }
  const adjust = (): void => {
    if (adjustment.state.getState().open) return adjustment.close()
    page.openPane()
    useView.getState().setTab('scenes')
    adjustment.open()
  }
  const addNote = (): void => {
    page.leaveFullScreen()
    page.openPane()
    writeNote(player)
  }
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
    toStart: () => playback.toStart(),
    toEnd: () => playback.toEnd(),
    markIn: () => playback.markIn(),
    markOut: () => playback.markOut(),
    clearRange: () => playback.clearRange(),
    loop: () => playback.nextLoop(),
    mute: () => useView.getState().toggleMuted(),
    fullScreen: page.toggleFullScreen,
    zoomIn: () => timeline.zoomAround(playback.time, ZOOM_STEP),
    zoomOut: () => timeline.zoomAround(playback.time, 1 / ZOOM_STEP),
    fit: () => timeline.fit(),
    pane: page.togglePane,
    find,
    adjust,
    addNote,
    nextNote: () => goToNeighbour(player, 1),
    previousNote: () => goToNeighbour(player, -1),
  }
}

const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
const LAYERS = '[role="menu"], [role="dialog"], [role="listbox"]'

/** A key means what the focused control says it means: text fields, open menus, sliders, tabs, and pressed buttons. */
export function belongsElsewhere({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.matches(TEXT) || target.closest(LAYERS) !== null) return true
  if (target.matches('[role="slider"]:not([data-playhead])') && /^(Arrow|Home|End)/.test(key)) return true
  if (target.matches('[role="tab"]:focus-visible') && /^(ArrowLeft|ArrowRight|Home|End)$/.test(key)) return true
  // A button that was reached by keyboard is pressed by the space bar; one that was clicked leaves it to the player.
  return key === ' ' && target.matches('button:focus-visible, a:focus-visible')
}
