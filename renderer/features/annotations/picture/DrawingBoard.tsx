import { type CSSProperties, type PointerEvent, useEffect, useRef, useState } from 'react'
import { drawingOf, pathOf, type Point, pointIn, unfinished } from '../drawing.ts'
import { putPenDown } from '../note-actions.ts'
import { NOTE_TYPES } from '../note-types.ts'
import { useNotes, useNotesPlayer, useNotesState } from '../notes-context.ts'
import { Stroke } from './Stroke.tsx'
import classes from './Drawn.module.css'

/** Takes the strokes of a pen over the picture. `Esc` takes back the stroke under way, then puts the pen down. */
export function DrawingBoard() {
  const notes = useNotes()
  const pen = useNotesState((state) => state.pen)
  const type = useNotesState(({ draft }) => draft?.type ?? 'info')
  const board = useRef<SVGSVGElement>(null)
  const [stroke, setStroke] = useState<readonly Point[]>([])
  const [size, setSize] = useState({ width: 0, height: 0 })
  const drawing = stroke.length > 0
  useBoardKeys(drawing, () => setStroke([]))

  const areaOf = (): DOMRect => board.current?.getBoundingClientRect() ?? new DOMRect()
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    board.current?.setPointerCapture(event.pointerId)
    const area = areaOf()
    setSize({ width: area.width, height: area.height })
    setStroke([pointIn(area, event.clientX, event.clientY)])
  }
  const onPointerMove = ({ nativeEvent }: PointerEvent): void => {
    if (!drawing) return
    const area = areaOf()
    // A fast hand passes more places than there are frames.
    const passed = nativeEvent.getCoalescedEvents()
    const points = (passed.length > 0 ? passed : [nativeEvent]).map((at) => pointIn(area, at.clientX, at.clientY))
    setStroke((before) => (pen === 'freehand' ? [...before, ...points] : [...before.slice(0, 1), ...points.slice(-1)]))
  }
  const onPointerUp = (): void => {
    const done = pen && drawingOf(pen, stroke, size)
    if (done) notes.draw(done)
    setStroke([])
  }
  const underWay = pen && unfinished(pen, stroke)
  return (
    <svg
      ref={board}
      className={classes.board}
      style={{ '--note': `var(--fr-${NOTE_TYPES[type].colour}-over)` } as CSSProperties}
      data-drawing
      role="application"
      aria-label="Drawing board"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setStroke([])}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {underWay && <Stroke path={pathOf(underWay, size)} />}
    </svg>
  )
}

function useBoardKeys(drawing: boolean, onCancel: () => void): void {
  const player = useNotesPlayer()
  const { notes } = player
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z'
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea')
      if (event.key === 'Escape') {
        if (drawing) onCancel()
        else putPenDown(player)
      } else if (isUndo && !isTyping) notes.undoDrawing()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before the pane and the page, which close by the same key.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  })
}
