import { z } from 'zod'
import { TransitionKind } from '../../contract/scenes/scene.ts'
import type { Database } from '../../platform/database/index.ts'

/** Raised whenever the same video gives other candidates: those of an earlier detector are then not used any more. */
export const DETECTOR_VERSION = 2

/** A place where a scene may begin: what the detector would believe at some sensitivity. */
export const Candidate = z.object({
  /** First frame of the new scene. */
  frame: z.int().nonnegative(),
  /** That frame's time, seconds on the player's clock. */
  time: z.number(),
  kind: TransitionKind.exclude(['start']),
  /** 0..1; from 0.5 on it is believed at the default sensitivity. */
  confidence: z.number().min(0).max(1),
  /** How long the transition takes, seconds; 0 for a cut. */
  lasting: z.number().nonnegative(),
})
export type Candidate = z.infer<typeof Candidate>

const Candidates = z.array(Candidate)

function readCandidates(stored: string): Candidate[] | null {
  try {
    return Candidates.parse(JSON.parse(stored))
  } catch {
    return null
  }
}

/** All that a video's scenes are cut from. */
export interface Detected {
  /** In order of time. */
  readonly candidates: readonly Candidate[]
  /** Seconds: where the last scene ends. */
  readonly endTime: number
}

/** The `detections` table: what the detector at work found in each video. */
export class CandidateStore {
  readonly #get
  readonly #put
  /** The last that was read: a slider asks for the same video again and again. */
  #last: { readonly videoId: string; readonly detected: Detected } | null = null

  constructor(database: Database) {
    this.#get = database.prepare<{ candidates: string; end_time: number }>(
      'SELECT candidates, end_time FROM detections WHERE video_id = :videoId AND detector = :detector',
    )
    this.#put = database.prepare(
      `INSERT INTO detections (video_id, detector, end_time, candidates)
       VALUES (:videoId, :detector, :endTime, :candidates)
       ON CONFLICT (video_id) DO UPDATE
       SET detector = excluded.detector, end_time = excluded.end_time, candidates = excluded.candidates`,
    )
  }

  /** What was found in a video, or null when this detector has not analysed it. */
  get(videoId: string): Detected | null {
    if (this.#last?.videoId === videoId) return this.#last.detected
    const row = this.#get.get({ videoId, detector: DETECTOR_VERSION })
    if (!row) return null
    const candidates = readCandidates(row.candidates)
    // A damaged row counts as none: the video is then analysed again.
    if (!candidates) return null
    const detected = { candidates, endTime: row.end_time }
    this.#last = { videoId, detected }
    return detected
  }

  put(videoId: string, { candidates, endTime }: Detected): void {
    // Not remembered either: the transaction it is part of may yet be undone.
    this.#last = null
    this.#put.run({ videoId, detector: DETECTOR_VERSION, endTime, candidates: JSON.stringify(candidates) })
  }
}
