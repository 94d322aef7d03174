import type { Scene } from '../../../../main/contract/index.ts'

/** Scenes that follow each other, each as long as told, in seconds. */
export function scenesOf(lengths: readonly number[], more: Partial<Scene> = {}): Scene[] {
  let start = 0
  return lengths.map((length, sceneIndex) => {
    const startTime = start
    start += length
    return { ...BLANK, sceneId: `scene-${sceneIndex}`, sceneIndex, startTime, endTime: start, ...more }
  })
}

const BLANK: Scene = {
  sceneId: '',
  videoId: '',
  sceneIndex: 0,
  startTime: 0,
  endTime: 0,
  startFrame: null,
  endFrame: null,
  description: null,
  tags: [],
  visibleText: null,
  confidenceScore: 0.98,
  transition: 'cut',
  thumbnailUrl: '/thumbnail',
  createdAt: '2026-04-12T08:14:00Z',
}

interface FrameNews {
  readonly mediaTime: number
  readonly presentationTime: number
}

/** What a video element does that the player relies on, without a file: time moves only when told to. */
export class FakeVideo extends EventTarget {
  readonly HAVE_METADATA = 1
  readyState = 0
  duration = NaN
  playbackRate = 1
  paused = true
  seeking = false
  error: { code: number } | null = null
  /** All that was sought, in order. */
  readonly sought: number[] = []
  #time = 0
  ended = false
  muted = false
  #onFrame: ((now: number, frame: FrameNews) => void) | null = null

  get currentTime(): number {
    return this.#time
  }

  set currentTime(time: number) {
    this.#time = time
    this.seeking = true
    this.sought.push(time)
  }

  requestVideoFrameCallback(callback: (now: number, frame: FrameNews) => void): number {
    this.#onFrame = callback
    return 1
  }

  play(): Promise<void> {
    this.paused = false
    this.tell('play')
    return Promise.resolve()
  }

  pause(): void {
    if (this.paused) return
    this.paused = true
    this.tell('pause')
  }

  load(): void {
    this.error = null
  }

  tell(type: string): void {
    this.dispatchEvent(new Event(type))
  }

  /** The frame that begins at `mediaTime` is told to have come on screen, at `presentationTime`. */
  show(mediaTime: number, now = 0, presentationTime = performance.now()): void {
    this.#onFrame?.(now, { mediaTime, presentationTime })
  }

  /** The seek under way ends with the frame of 25 a second at its goal. */
  arrive(): void {
    this.seeking = false
    this.tell('seeked')
    this.show(Math.floor(this.#time * 25) / 25)
  }

  asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement
  }
}
