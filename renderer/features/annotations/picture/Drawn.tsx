import { useElementSize } from '@mantine/hooks'
import type { CSSProperties } from 'react'
import type { AnnotationType, Drawing } from '../../../../main/contract/index.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { pathOf, type Size } from '../drawing.ts'
import { NOTE_TYPES } from '../note-types.ts'
import { isNear, type NotesState, shownNotes } from '../notes.ts'
import { usePlaybackState, usePosition } from '../../../shared/player/player.ts'
import { useNotesState } from '../notes-context.ts'
import { DrawingBoard } from './DrawingBoard.tsx'
import { Fitted } from '../../../shared/player/picture/Fitted.tsx'
import { PenBar } from './PenBar.tsx'
import { Stroke } from './Stroke.tsx'
import classes from './Drawn.module.css'

/** What notes have drawn on the frame, and the board for drawing more. */
export function Drawn() {
  const { metadata } = useOpenVideo().video
  const isDrawing = useNotesState(({ pen }) => pen !== null)
  const ready = usePlaybackState((state) => state.ready)
  const { width, height } = metadata
  if (width === null || height === null) return null
  return (
    <>
      <Fitted size={{ width, height }}>
        <Drawings />
        {isDrawing && <DrawingBoard />}
      </Fitted>
      {isDrawing && ready && <PenBar />}
    </>
  )
}

/** One note's drawings. */
interface Layer {
  readonly id: string
  readonly type: AnnotationType
  readonly drawings: readonly Drawing[]
}

function Drawings() {
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const notes = useNotesState((state) => state)
  // Rendered anew only when others come into sight, not with every frame.
  const near = usePosition((time) =>
    layersAt(notes, time)
      .map(({ id }) => id)
      .join(),
  )
  const ids = new Set(near.split(','))
  const layers = layersOf(notes).filter(({ id }) => ids.has(id))
  return (
    <div ref={ref} className={classes.drawings}>
      {width > 0 && layers.map((layer) => <LayerShapes key={layer.id} layer={layer} size={{ width, height }} />)}
    </div>
  )
}

function LayerShapes({ layer: { type, drawings }, size }: { layer: Layer; size: Size }) {
  return (
    <svg
      className={classes.layer}
      width={size.width}
      height={size.height}
      style={{ '--note': `var(--fr-${NOTE_TYPES[type].colour}-over)` } as CSSProperties}
      role="img"
      aria-label={`Drawn: ${drawings.map(({ kind }) => WORDS[kind]).join(', ')}`}
    >
      {drawings.map((drawing, index) => (
        <Stroke key={index} path={pathOf(drawing, size)} />
      ))}
    </svg>
  )
}

const WORDS: Readonly<Record<Drawing['kind'], string>> = { box: 'a box', arrow: 'an arrow', freehand: 'a line' }

/** All that is drawn; of a note that is being changed, what it is changed to. */
function layersOf({ draft, ...state }: NotesState): Layer[] {
  const kept = shownNotes(state).flatMap(({ annotationId: id, type, drawings }) =>
    drawings.length > 0 && id !== draft?.annotationId ? [{ id, type, drawings }] : [],
  )
  return draft ? [...kept, { id: DRAFT, type: draft.type, drawings: draft.drawings }] : kept
}

const DRAFT = 'draft'

/** What lies over the frame: of the note that is selected, of those at that time, and of the one that is written. */
function layersAt(state: NotesState, time: number): Layer[] {
  const near = new Set(
    state.all.flatMap((note) => (note.annotationId === state.selected || isNear(note, time) ? note.annotationId : [])),
  )
  if (state.draft && (state.pen !== null || isNear(state.draft, time))) near.add(DRAFT)
  return layersOf(state).filter(({ id }) => near.has(id))
}
