import { join } from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import { DEFAULT_SCENE_SETTINGS } from '../../contract/scenes/scene-settings.ts'
import { startWorker } from '../../platform/processes/index.ts'
import type { BoundarySearch, FoundBoundaries } from './boundaries.ts'
import type { Detected } from './candidates.ts'
import type { DetectedScene } from './scenes.ts'
import { cutScenes } from './selection.ts'

/** Frames are outside of the heap: with a small young generation they are freed before they pile up. */
const YOUNG_MEGABYTES = 2

export interface DetectionCall {
  /** Folder of the built worker entries; `detection-worker.js` is there. */
  workersFolder: string
  signal?: AbortSignal | undefined
  /** Fraction done, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** All candidates, and the scenes at the default settings. */
export interface FoundScenes extends Detected {
  readonly scenes: DetectedScene[]
  /** Frames of which a picture was made, ascending. */
  readonly pictured: readonly number[]
}

/**
 * Detects the scenes of a video in a thread of its own.
 * @returns contiguous scenes from 0 to the duration, at least one, and all candidates.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled` within half a second of the abort.
 */
export async function detectScenes(video: BoundarySearch, call: DetectionCall): Promise<FoundScenes> {
  const entry = join(call.workersFolder, 'detection-worker.js')
  const worker = startWorker<BoundarySearch, FoundBoundaries, number>(entry, { youngMegabytes: YOUNG_MEGABYTES })
  try {
    const { signal, onProgress } = call
    const { boundaries, hasPicture, lastTime, pictured } = await worker.request(video, { signal, onProgress })
    if (!hasPicture) throw new EngineError('media_failed', 'No picture could be read from this video.')
    const detected = { candidates: boundaries, endTime: video.durationSeconds || lastTime }
    return { ...detected, pictured, scenes: cutScenes(detected, DEFAULT_SCENE_SETTINGS) }
  } finally {
    await worker.close()
  }
}
