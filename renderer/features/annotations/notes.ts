import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Annotation, AnnotationType, Drawing } from '../../../main/contract/index.ts'

/** What is drawn next. */
export type Pen = Drawing['kind']

/** A note while it is written: a new one, or one that is changed. */
export interface Draft {
  /** null for a new one. */
  readonly annotationId: string | null
  /** Seconds. */
  readonly timestamp: number
  readonly title: string
  readonly description: string
  readonly type: AnnotationType
  readonly url: string
  readonly drawings: readonly Drawing[]
}

export interface NotesState {
  /** In the order of time. */
  readonly all: readonly Annotation[]
  /** The types to show; none chosen shows all. */
  readonly types: ReadonlySet<AnnotationType>
  readonly selected: string | null
  readonly draft: Draft | null
  /** null while nothing is drawn. */
  readonly pen: Pen | null
}

export interface Notes {
  readonly state: StoreApi<NotesState>
  readonly describe: (all: readonly Annotation[]) => void
  readonly select: (annotationId: string | null) => void
  /** Shows a type alone with the others chosen, or no more. */
  readonly toggleType: (type: AnnotationType) => void
  readonly showAllTypes: () => void
  /** Begins to write; what was being written is replaced. */
  readonly open: (draft: Draft) => void
  readonly change: (part: Partial<Draft>) => void
  readonly take: (pen: Pen | null) => void
  readonly draw: (drawing: Drawing) => void
  readonly undoDrawing: () => void
  /** Forgets what was being written. */
  readonly close: () => void
}

/** The notes of the open video, the one selected, and the one being written. */
export function createNotes(): Notes {
  const state = createStore<NotesState>(() => ({
    all: [],
    types: new Set(),
    selected: null,
    draft: null,
    pen: null,
  }))
  const change = (part: (draft: Draft) => Partial<Draft>): void =>
    state.setState(({ draft }) => ({ draft: draft && { ...draft, ...part(draft) } }))
  return {
    state,
    describe: (all) => state.setState({ all }),
    select: (selected) => state.setState({ selected }),
    toggleType: (type) =>
      state.setState(({ types }) => {
        const others = [...types].filter((other) => other !== type)
        return { types: new Set(types.has(type) ? others : [...others, type]) }
      }),
    showAllTypes: () => state.setState({ types: new Set() }),
    open: (draft) => state.setState({ draft, selected: draft.annotationId, pen: null }),
    change: (part) => change(() => part),
    take: (pen) => state.setState(({ draft }) => ({ pen: draft && pen })),
    draw: (drawing) => change(({ drawings }) => ({ drawings: [...drawings, drawing].slice(0, MOST_DRAWINGS) })),
    undoDrawing: () => change(({ drawings }) => ({ drawings: drawings.slice(0, -1) })),
    close: () => state.setState({ draft: null, pen: null }),
  }
}

/** As many as the engine takes. */
export const MOST_DRAWINGS = 50

/** The notes of the chosen types. */
export function shownNotes({ all, types }: Pick<NotesState, 'all' | 'types'>): readonly Annotation[] {
  return types.size === 0 ? all : all.filter(({ type }) => types.has(type))
}

/** How many notes there are of each type. */
export function countTypes(all: readonly Annotation[]): Partial<Record<AnnotationType, number>> {
  const counts: Partial<Record<AnnotationType, number>> = {}
  for (const { type } of all) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

/** How near, in seconds, the picture has to be to a note for its drawings to lie over it. */
const NEAR = 0.5

export function isNear({ timestamp }: { timestamp: number }, time: number): boolean {
  return Math.abs(timestamp - time) <= NEAR
}

/**
 * The note to go to from `time`: the one after it, or the one before.
 * @param selected is gone on from where it lies at `time`: several may lie at one instant
 * @param frame seconds that one frame lasts
 */
export function neighbour(
  notes: readonly Annotation[],
  { time, selected, frame }: { time: number; selected: string | null; frame: number },
  step: 1 | -1,
): Annotation | undefined {
  const here = notes.findIndex(({ annotationId }) => annotationId === selected)
  if (Math.abs((notes[here]?.timestamp ?? Infinity) - time) <= frame) return notes[here + step]
  return step === 1
    ? notes.find(({ timestamp }) => timestamp > time + frame / 2)
    : notes.findLast(({ timestamp }) => timestamp < time - frame / 2)
}
