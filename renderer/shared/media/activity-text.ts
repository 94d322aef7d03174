import type { Video, VideoActivity } from '../../../main/contract/index.ts'
import { codecName } from '../format/media.ts'
import { timeLeft } from '../format/time.ts'

/** The work of one kind on a video that runs, waits or failed. */
export function activityOf({ activities }: Video, kind: VideoActivity['kind']): VideoActivity | null {
  return activities.find((activity) => activity.kind === kind) ?? null
}

/** `Finding scenes, 62%, 28 s left` */
export function workText({ status, step, progressPercent, secondsLeft }: VideoActivity): string {
  if (status === 'pending') return 'Waiting'
  return [step ?? 'Working', `${Math.floor(progressPercent)}%`, timeLeft(secondsLeft)].filter(Boolean).join(', ')
}

/** What Chromium decodes: when such a video still needs a copy, something else in the file is the reason. */
const DECODED = new Set(['h264', 'vp8', 'vp9', 'av1'])

/** `HEVC cannot play in this window.` */
export function unplayableText({ metadata: { videoCodec } }: Video): string {
  const what = videoCodec === null || DECODED.has(videoCodec) ? 'This file' : codecName(videoCodec)
  return `${what} cannot play in this window.`
}
