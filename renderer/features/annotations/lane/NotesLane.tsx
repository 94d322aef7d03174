import { Tooltip } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { Annotation } from '../../../../main/contract/index.ts'
import { clock } from '../../../shared/format/time.ts'
import { type Marker, markersOf } from '../markers.ts'
import { goToNote } from '../note-actions.ts'
import { NOTE_TYPES } from '../note-types.ts'
import { shownNotes } from '../notes.ts'
import { usePlayer, useTimescale } from '../../../shared/player/player.ts'
import { useNotesPlayer, useNotesState } from '../notes-context.ts'
import { pixelsPerSecond, visibleRange } from '../../../shared/player/timescale.ts'
import { useScrub } from '../../../shared/player/timeline/useScrub.ts'
import classes from './NotesLane.module.css'

/** How much closer a press on several notes looks. */
const CLOSER = 4

/** The notes at their times; those too close to each other are one marker with their number. */
export function NotesLane() {
  const { playback } = usePlayer()
  const scale = useTimescale((state) => state)
  const all = useNotesState((state) => state.all)
  const types = useNotesState((state) => state.types)
  const scrub = useScrub((time) => playback.seek(time))
  const perSecond = pixelsPerSecond(scale)
  const markers = markersOf(shownNotes({ all, types }), perSecond, {
    range: visibleRange(scale),
    duration: scale.duration,
  })
  const [focused, setFocused] = useState<string | null>(null)
  const tabStop = markers.find(({ notes }) => notes[0].annotationId === focused) ?? markers[0]
  return (
    <div className={classes.lane} {...scrub} role="group" aria-label="Notes" onKeyDown={moveFocus}>
      {markers.map((marker) => (
        <MarkerButton
          key={marker.notes[0].annotationId}
          marker={marker}
          tabStop={marker === tabStop}
          onFocus={() => setFocused(marker.notes[0].annotationId)}
        />
      ))}
      <DraftMarker perSecond={perSecond} />
    </div>
  )
}

interface MarkerButtonProps {
  marker: Marker
  /** The one that the tab key comes to; arrows lead to the others. */
  tabStop: boolean
  onFocus: () => void
}

function MarkerButton({ marker: { notes, x, titleWidth }, tabStop, onFocus }: MarkerButtonProps) {
  const player = useNotesPlayer()
  const selected = useNotesState((state) => notes.some(({ annotationId }) => annotationId === state.selected))
  const [first] = notes
  const many = notes.length > 1
  const type = NOTE_TYPES[first.type]
  const press = (): void => {
    if (many && canSpread(notes)) player.timeline.zoomAround(first.timestamp, CLOSER)
    goToNote(player, nextOf(notes, player.notes.state.getState().selected))
  }
  return (
    <Tooltip
      label={<MarkerHint notes={notes} />}
      events={{ hover: true, focus: true, touch: false }}
      multiline
      maw={280}
    >
      <button
        type="button"
        className={classes.marker}
        data-selected={selected || undefined}
        data-titled={titleWidth > 0 || undefined}
        data-many={many || undefined}
        style={
          {
            '--note': many ? 'var(--fr-t2)' : `var(--fr-${type.colour})`,
            transform: `translateX(${x}px)`,
            maxWidth: titleWidth > 0 ? titleWidth : undefined,
          } as CSSProperties
        }
        tabIndex={tabStop ? 0 : -1}
        aria-label={many ? `${notes.length} notes from ${clock(first.timestamp)}` : nameOf(first)}
        onFocus={onFocus}
        onPointerDown={keepPress}
        onClick={press}
      >
        {many ? notes.length : <Shape path={type.marker} />}
        {titleWidth > 0 && <span className={classes.title}>{first.title}</span>}
      </button>
    </Tooltip>
  )
}

function Shape({ path }: { path: string }) {
  return (
    <svg className={classes.shape} viewBox="0 0 12 12" aria-hidden>
      <path d={path} />
    </svg>
  )
}

/** How many of several notes a hint names. */
const NAMED = 4

function MarkerHint({ notes }: { notes: readonly Annotation[] }) {
  return (
    <>
      {notes.slice(0, NAMED).map((note) => (
        <span key={note.annotationId} className={classes.hint}>
          <b>{clock(note.timestamp)}</b> {note.title}
        </span>
      ))}
      {notes.length > NAMED && <span className={classes.hint}>and {notes.length - NAMED} more</span>}
    </>
  )
}

/** Where the note that is being written will lie. */
function DraftMarker({ perSecond }: { perSecond: number }) {
  const draft = useNotesState((state) => state.draft)
  if (!draft) return null
  const style = { '--note': `var(--fr-${NOTE_TYPES[draft.type].colour})` } as CSSProperties
  return (
    <span
      className={classes.draft}
      style={{ ...style, transform: `translateX(${draft.timestamp * perSecond}px)` }}
      aria-hidden
    />
  )
}

function nameOf({ type, title, timestamp }: Annotation): string {
  return `${NOTE_TYPES[type].name} at ${clock(timestamp)}: ${title}`
}

/** Whether looking closer can tell the notes apart. */
function canSpread(notes: readonly Annotation[]): boolean {
  return notes[0]?.timestamp !== notes.at(-1)?.timestamp
}

/** Pressed again, a marker of several leads to the next of them. */
function nextOf(notes: Marker['notes'], selected: string | null): Annotation {
  const at = notes.findIndex(({ annotationId }) => annotationId === selected)
  return notes[at + 1] ?? notes[0]
}

/** The lane below must not take a press on a marker for the start of a drag. */
function keepPress(event: PointerEvent): void {
  event.stopPropagation()
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** Within the lane the arrows go from marker to marker, and the picture stays. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.indexOf(event.target as HTMLButtonElement)
  if (!step || at < 0 || event.shiftKey) return
  event.preventDefault()
  buttons[step(at, buttons.length - 1)]?.focus({ preventScroll: true })
}
