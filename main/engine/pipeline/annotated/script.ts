import { TRACK_HUES, type Roi } from '../../../contract/index.ts'
import type { FrameSize } from '../frame-size.ts'
import type { Drawn, Sample } from './samples.ts'

/**
 * Frames further apart than this say nothing about the time between them, seconds: boxes move between those that are
 * nearer, as they do in the window, and none is held for longer.
 */
const LONGEST_GAP = 1.5
/** Shares of the picture's shorter side. */
const LINE_SHARE = 1 / 240
const LETTER_SHARE = 1 / 36
const LEAST_LINE = 2
const LEAST_LETTER = 12
/** "The box's colour is the label's ground; its text is always dark." As a script writes it: blue, green, red. */
const INK = '&H000A0808'
const CLEAR = '&HFF000000'

/** Sizes of what is drawn, in pixels of the displayed picture. */
interface Measures {
  readonly line: number
  readonly letter: number
  /** Around the text of a label. */
  readonly room: number
}

/** A script in the ASS format that draws what was seen. It counts in pixels of the displayed picture. */
export class AnnotationScript {
  readonly #size: FrameSize
  readonly #measures: Measures
  /** Of the film, that the script calls 0. */
  readonly #startSeconds: number

  constructor(size: FrameSize, startSeconds: number) {
    const shorter = Math.min(size.width, size.height)
    const line = Math.max(LEAST_LINE, Math.round(shorter * LINE_SHARE))
    const letter = Math.max(LEAST_LETTER, Math.round(shorter * LETTER_SHARE))
    this.#size = size
    this.#measures = { line, letter, room: Math.round(letter / 5) }
    this.#startSeconds = startSeconds
  }

  get head(): string {
    const { line, letter, room } = this.#measures
    // A font that every system has, or has a stand-in for.
    const style = (name: string, fill: string, border: 1 | 3, outline: number): string =>
      `Style: ${name},Arial,${letter},${fill},${fill},${INK},${INK},0,0,0,0,100,100,0,0,${border},${outline},0,7,0,0,0,1`
    return [
      '[Script Info]',
      'ScriptType: v4.00+',
      `PlayResX: ${this.#size.width}`,
      `PlayResY: ${this.#size.height}`,
      'ScaledBorderAndShadow: yes',
      // Lines end where they are told to.
      'WrapStyle: 2',
      '[V4+ Styles]',
      'Format: Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,Encoding',
      style('Box', CLEAR, 1, line),
      style('Label', INK, 3, room),
      '[Events]',
      'Format: Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text',
      '',
    ].join('\n')
  }

  /**
   * What is drawn from one sample until the next, or until `end` (seconds of the film) after the last.
   * @returns lines, each with its end.
   */
  from(sample: Sample, next: Sample | null, end: number): string {
    const until = Math.min(next?.seconds ?? end, end, sample.seconds + LONGEST_GAP)
    const span = { start: this.#milliseconds(sample.seconds), end: this.#milliseconds(until) }
    if (centiseconds(span.start) === centiseconds(span.end)) return ''
    const moves = next !== null && next.seconds - sample.seconds <= LONGEST_GAP
    const later = new Map(moves ? next.targets.map((target) => [target.trackId, target.box]) : [])
    return sample.targets
      .map((target) => {
        const box = target.trackId === null ? undefined : later.get(target.trackId)
        return this.#boxOf(target, box, span) + this.#labelOf(target, box, span)
      })
      .join('')
  }

  #boxOf({ box, colour }: Drawn, later: Roi | undefined, span: Span): string {
    const { line } = this.#measures
    const [one, other] = [within(box, line), later && within(later, line)]
    const { width, height } = one
    const grows =
      other && `\\t(${timesOf(span)},\\fscx${percent(other.width, width)}\\fscy${percent(other.height, height)})`
    const place = placeOf([one.left, one.top], other && [other.left, other.top], span)
    const drawing = `m 0 0 l ${width} 0 l ${width} ${height} l 0 ${height}`
    return eventOf('Box', 0, span, `{\\p1\\3c${hueOf(colour)}${place}${grows ?? ''}}${drawing}`)
  }

  #labelOf({ box, colour, label }: Drawn, later: Roi | undefined, span: Span): string {
    const { letter, room, line } = this.#measures
    const isInside = Math.min(box.top, later?.top ?? box.top) < letter + 2 * room
    // A label that would leave the picture at its right hangs on the box's right side.
    const isRight = box.left > this.#size.width / 2 && box.left + box.width > this.#size.width * 0.75
    const anchor = ({ left, top, width }: Roi): Point => {
      const x = isRight ? left + width - room : left + room
      return isInside ? [x + (isRight ? -line : line), top + line + room] : [x, top - room]
    }
    const corner = isInside ? (isRight ? 9 : 7) : isRight ? 3 : 1
    const place = placeOf(anchor(box), later && anchor(later), span)
    return eventOf('Label', 1, span, `{\\an${corner}\\3c${hueOf(colour)}${place}}${label}`)
  }

  #milliseconds(seconds: number): number {
    return Math.max(0, Math.round((seconds - this.#startSeconds) * 1000))
  }
}

type Point = readonly [x: number, y: number]

/** Milliseconds. */
interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A script's times are hundredths of a second: what is drawn from a frame on begins in the last one before it, which is
 * after the frame before. Not in its own: filters cut a frame's time to milliseconds, and 0.2 s may come out as 199.
 */
function centiseconds(milliseconds: number): number {
  return Math.max(0, Math.floor((milliseconds - 1) / 10))
}

function eventOf(style: 'Box' | 'Label', layer: number, { start, end }: Span, text: string): string {
  return `Dialogue: ${layer},${timeOf(start)},${timeOf(end)},${style},,0,0,0,,${text}\n`
}

/** `0:01:02.34` */
function timeOf(milliseconds: number): string {
  const all = centiseconds(milliseconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(all / 360_000)}:${two(Math.floor(all / 6000) % 60)}:${two(Math.floor(all / 100) % 60)}.${two(all % 100)}`
}

/** When a move begins and ends, counted from the start of its event, to the millisecond. */
function timesOf({ start, end }: Span): string {
  const from = 10 * centiseconds(start)
  return `${start - from},${end - from}`
}

function placeOf(from: Point, to: Point | undefined, span: Span): string {
  return to ? `\\move(${from.join(',')},${to.join(',')},${timesOf(span)})` : `\\pos(${from.join(',')})`
}

/** The path whose line of this width lies wholly within a box. */
function within({ left, top, width, height }: Roi, line: number): Roi {
  const [wide, high] = [Math.max(1, width - 2 * line), Math.max(1, height - 2 * line)]
  return { left: left + (width - wide) / 2, top: top + (height - high) / 2, width: wide, height: high }
}

function percent(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(3)
}

/** `&H` blue green red `&` */
function hueOf(colour: number): string {
  const [red, green, blue] = /^#(..)(..)(..)$/.exec(TRACK_HUES[colour - 1] ?? TRACK_HUES[0])?.slice(1) ?? []
  return `&H${blue}${green}${red}&`.toUpperCase()
}
