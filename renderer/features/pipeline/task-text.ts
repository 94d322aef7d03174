import type { Task, TaskInput, TaskRequest, TaskStatus, TaskStep } from '../../../main/contract/index.ts'
import { clock, clockRange, span } from '../../shared/format/time.ts'
import { count } from '../../shared/format/size.ts'

/** Running is accent, waiting and paused are t2, done is dimmed. */
export type Tone = 'waiting' | 'running' | 'done' | 'failed'

export const STATUS: Readonly<Record<TaskStatus, { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: 'Waiting', tone: 'waiting' },
  running: { word: 'Running', tone: 'running' },
  cancelling: { word: 'Cancelling', tone: 'waiting' },
  succeeded: { word: 'Done', tone: 'done' },
  failed: { word: 'Failed', tone: 'failed' },
  cancelled: { word: 'Cancelled', tone: 'waiting' },
}

/** Whether the stream of a task will grow no more. */
export function isOver({ status }: Pick<Task, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled'
}

export function inputOf({ input }: TaskRequest): TaskInput | undefined {
  return input[0]
}

/** `5 fps`, `key frames`, `every 3 s` */
export function samplingText({ sampling = { mode: 'fps', value: 1 } }: Pick<TaskInput, 'sampling'>): string {
  if (sampling.mode === 'keyframe') return 'key frames'
  return sampling.mode === 'fps' ? `${sampling.value} fps` : `every ${sampling.value} s`
}

/** `2:41-3:19`, `frames 100-250`, `from 0:10`; empty for the whole video. */
export function rangeText({ range }: Pick<TaskInput, 'range'>): string {
  if (!range || (range.start === undefined && range.end === undefined)) return ''
  const { start = 0, end, unit } = range
  if (unit === 'frames') return end === undefined ? `from frame ${start}` : `frames ${start}-${end}`
  return end === undefined ? `from ${clock(start)}` : clockRange(start, end)
}

/** `Detect`, `OCR`, `Feature`: a model's name as people write it. */
export function modelName(model: string): string {
  return model === 'ocr' ? 'OCR' : model.charAt(0).toUpperCase() + model.slice(1)
}

/** What a step is narrowed to: `car, truck`, `when truck, over 0.70`. */
export function stepText({ parameters, when }: TaskStep): string {
  const classes = listOf(parameters?.['classes'])
  const conditions = [
    when?.class_is?.join(' or '),
    when?.min_confidence === undefined ? undefined : `over ${when.min_confidence.toFixed(2)}`,
  ].filter(Boolean)
  return [shortened(classes), conditions.length > 0 ? `when ${conditions.join(', ')}` : ''].filter(Boolean).join(', ')
}

/** `Detect, OCR, Feature` */
export function stepsText({ steps }: TaskRequest): string {
  return steps.map(({ model }) => modelName(model)).join(', ')
}

export interface Progress {
  /** 0..1; null while it is not known how much there is to do. */
  readonly share: number | null
  /** `463 of 750 frames, 62%` */
  readonly done: string
  /** `12.0 frames/s, 24 s left` */
  readonly rate: string
}

/** How far a task is, how fast, and the time left. */
export function progressOf(task: Task, now = Date.now()): Progress {
  const { processedFrames: done, dueFrames: due, startedAt, secondsLeft } = task
  const share = due === null ? null : due === 0 ? 1 : Math.min(1, done / due)
  const percent = share === null ? '' : `, ${Math.floor(share * 100)}%`
  const seconds = startedAt === null ? 0 : (now - Date.parse(startedAt)) / 1000
  const rate = seconds > 0.5 && done > 0 ? `${(done / seconds).toFixed(1)} frames/s` : ''
  return {
    share,
    done: due === null ? count(done, 'frame') : `${done.toLocaleString('en-GB')} of ${count(due, 'frame')}${percent}`,
    rate: [rate, secondsLeft === null ? '' : `${span(secondsLeft)} left`].filter(Boolean).join(', '),
  }
}

/** `463 frames in 38 s`: what a task that is over did. */
export function outcomeText({ processedFrames, startedAt, completedAt }: Task): string {
  const frames = count(processedFrames, 'frame')
  if (startedAt === null || completedAt === null) return frames
  return `${frames} in ${span((Date.parse(completedAt) - Date.parse(startedAt)) / 1000)}`
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

const MOST_NAMES = 4

function shortened(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ')
  return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${names.length - MOST_NAMES + 1} more`
}
