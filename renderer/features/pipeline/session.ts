import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { EngineError, followTaskStream } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import type { Playback } from '../../shared/player/playback.ts'
import { SseParser } from './record/sse.ts'
import { TaskRecord } from './record/task-record.ts'

export interface SessionState {
  /** Grows whenever the record did, at most ten times a second. */
  readonly version: number
  /** Bytes of the stream read so far. */
  readonly bytes: number
  /** Whether all there is was read once, as far as it goes: until then the page is being filled. */
  readonly reading: 'open' | 'ended' | 'failed'
  readonly error: EngineError | null
  /** Whether the picture goes along with the newest frame. */
  readonly following: boolean
  /** The track that is looked at. */
  readonly selected: number | null
}

/** Milliseconds between two updates of the page. */
const PACE_MS = 100
/** A few hundred events, which take a few milliseconds to read. */
const PIECE_BYTES = 131_072

/** One open task: the events of its stream, and what is selected in it. Lives outside React. */
export class TaskSession {
  readonly taskId: string
  readonly record = new TaskRecord()
  readonly state: StoreApi<SessionState>
  readonly playback: Playback
  readonly #parser = new SseParser()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(taskId: string, playback: Playback, following: boolean) {
    this.taskId = taskId
    this.playback = playback
    const nothing = { version: 0, bytes: 0, reading: 'open', error: null, selected: null } as const
    this.state = createStore<SessionState>(() => ({ ...nothing, following }))
  }

  /** Reads on from where it was left, until the end or until the returned function is called. */
  read(): () => void {
    const aborter = new AbortController()
    this.state.setState({ reading: 'open', error: null })
    const input = { taskId: this.taskId, offset: this.#parser.position, pieceBytes: PIECE_BYTES }
    engine
      .read(followTaskStream, input, (bytes) => this.#take(bytes), aborter.signal)
      .then(
        () => !aborter.signal.aborted && this.#end('ended', null),
        (error: unknown) => !aborter.signal.aborted && this.#end('failed', asError(error)),
      )
    return () => {
      aborter.abort()
      if (this.#timer) clearTimeout(this.#timer)
      this.#timer = null
    }
  }

  select(trackId: number | null): void {
    this.state.setState({ selected: trackId })
  }

  /** Goes to a frame of the record, and stays there. */
  goTo(frame: number): void {
    if (frame < 0 || frame >= this.record.frameCount) return
    this.stopFollowing()
    this.playback.seekToFrame(this.record.times.at(frame))
  }

  /** Goes to the frame that was looked at before or after the one at the playhead. */
  step(by: 1 | -1): void {
    this.playback.pause()
    const { time } = this.playback
    const at = this.record.frameAt(time, 0.002)
    const isThere = at >= 0 && this.record.times.at(at) > time - 0.5 / this.playback.frameRate
    this.goTo(by > 0 ? at + 1 : Math.max(0, isThere ? at - 1 : at))
  }

  /** Goes to where a track is seen first, last, or best. */
  goToTrack(trackId: number, which: 'first' | 'last' | 'best'): void {
    const track = this.record.track(trackId)
    if (!track) return
    this.select(trackId)
    const best = track.frames.at(track.best)
    this.goTo(which === 'best' ? best : which === 'first' ? track.firstFrame : track.lastFrame)
  }

  follow(): void {
    this.playback.pause()
    this.state.setState({ following: true })
    this.#catchUp()
  }

  /** The picture is moved by hand from now on. */
  stopFollowing(): void {
    if (this.state.getState().following) this.state.setState({ following: false })
  }

  #take(bytes: Uint8Array): void {
    for (const event of this.#parser.push(bytes)) this.record.add(event)
    // The first piece shows at once; then the page is updated at a fixed pace, however fast they come.
    this.#timer ??= setTimeout(() => this.#publish(), this.state.getState().version === 0 ? 0 : PACE_MS)
  }

  #publish(): void {
    this.#timer = null
    this.state.setState(({ version }) => ({ version: version + 1, bytes: this.#parser.position }))
    if (this.state.getState().following) this.#catchUp()
  }

  #catchUp(): void {
    const last = this.record.frameCount - 1
    if (last >= 0) this.playback.seekToFrame(this.record.times.at(last))
  }

  #end(reading: 'ended' | 'failed', error: EngineError | null): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#publish()
    this.state.setState({ reading, error })
    // There is nothing newer to go along with; the picture stays.
    if (reading === 'ended') this.stopFollowing()
  }
}

function asError(error: unknown): EngineError {
  return error instanceof EngineError ? error : new EngineError('internal', String(error))
}

export const SessionContext = createContext<TaskSession | null>(null)

export function useSession(): TaskSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('A part of a task stands outside its page.')
  return session
}

/** Renders again only when what `select` picks changes. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().state, select)
}

/** The record, rendered again whenever it grew. */
export function useRecord(): TaskRecord {
  const { record } = useSession()
  useSessionState(({ version }) => version)
  return record
}

/** Frame of the record at the playhead, -1 before the first; renders again when it changes. */
export function useCurrentFrame(): number {
  const { record, playback } = useSession()
  useSessionState(({ version }) => version)
  return useSyncExternalStore(
    (changed) => playback.onTime(changed),
    () => record.frameAt(playback.time, 0.002),
  )
}
