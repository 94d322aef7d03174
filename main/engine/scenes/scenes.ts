import type { TransitionKind } from '../../contract/scenes/scene.ts'
import type { Candidate } from './candidates.ts'

/** One scene as detection finds it: half-open [startTime, endTime), seconds on the player's clock. */
export interface DetectedScene {
  readonly startTime: number
  readonly endTime: number
  /** The transition at its start. */
  readonly transition: TransitionKind
  /** 0..1: how sure that is. The start of the video is certain. */
  readonly confidenceScore: number
}

/**
 * The scenes between boundaries (AN-2).
 * @param boundaries in order of time; those at or past the duration are ignored.
 */
export function scenesBetween(boundaries: readonly Candidate[], durationSeconds: number): DetectedScene[] {
  const inside = boundaries.filter(({ time }) => time > 0 && time < durationSeconds)
  const starts = [{ time: 0, kind: 'start' as const, confidence: 1 }, ...inside]
  return starts.map(({ time, kind, confidence }, index) => ({
    startTime: time,
    endTime: starts[index + 1]?.time ?? durationSeconds,
    transition: kind,
    confidenceScore: Math.round(confidence * 1000) / 1000,
  }))
}
