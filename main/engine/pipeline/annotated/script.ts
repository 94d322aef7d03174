import { TRACK_HUES, type Roi } from '../../../contract/index.ts'
import type { FrameSize } from '../frame-size.ts'
import type { DrawnTarget, Sample } from './samples.ts'

/**
 * Boxes move between frames that are at most this far apart, as they do in the window; after the last such frame a box
 * stays for this long. Seconds.
 */
const LONGEST_GAP = 1.5
/** Shares of the picture's shorter side. */
const LINE_SHARE = 1 / 240
const FONT_SHARE = 1 / 36
const LEAST_LINE = 2
const LEAST_FONT = 12
/** Labels are dark text on the colour of the box. In a script: blue, green, red. */
const INK = '&H000A0808'
const CLEAR = '&HFF000000'

/** In pixels of the displayed frame. */
interface Measures {
  readonly line: number
  readonly fontSize: number
  /** Around the text of a label. */
  readonly padding: number
}

/** A script in the ASS format that draws targets. Its unit is a pixel of the displayed frame. */
export class AnnotationScript {
  readonly #size: FrameSize
  readonly #measures: Measures
  /** Time of the video that is 0 in the script. */
  readonly #startSeconds: number

  constructor(size: FrameSize, startSeconds: number) {
    const shorter = Math.min(size.width, size.height)
    const line = Math.max(LEAST_LINE, Math.round(shorter * LINE_SHARE))
    const fontSize = Math.max(LEAST_FONT, Math.round(shorter * FONT_SHARE))
    this.#size = size
    this.#measures = { line, fontSize, padding: Math.round(fontSize / 5) }
    this.#startSeconds = startSeconds
  }

  get head(): string {
    const { line, fontSize, padding } = this.#measures
    // A font that every system has or replaces.
    const style = (name: string, fill: string, border: 1 | 3, outline: number): string =>
      `Style: ${name},Arial,${fontSize},${fill},${fill},${INK},${INK},0,0,0,0,100,100,0,0,${border},${outline},0,7,0,0,0,1`
    return [
      '[Script Info]',
      'ScriptType: v4.00+',
      `PlayResX: ${this.#size.width}`,
      `PlayResY: ${this.#size.height}`,
      'ScaledBorderAndShadow: yes',
      // No automatic line breaks.
      'WrapStyle: 2',
      '[V4+ Styles]',
      'Format: Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,Encoding',
      style('Box', CLEAR, 1, line),
      style('Label', INK, 3, padding),
      '[Events]',
      'Format: Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text',
      '',
    ].join('\n')
  }

  /**
   * What is drawn from one sample until the next; after the last one until `end`, seconds of the video.
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

  #boxOf({ box, colour }: DrawnTarget, later: Roi | undefined, span: Span): string {
    const { line } = this.#measures
    const [one, other] = [within(box, line), later && within(later, line)]
    const { width, height } = one
    const grows =
      other && `\\t(${timesOf(span)},\\fscx${percent(other.width, width)}\\fscy${percent(other.height, height)})`
    const place = positionTag([one.left, one.top], other && [other.left, other.top], span)
    const drawing = `m 0 0 l ${width} 0 l ${width} ${height} l 0 ${height}`
    return eventOf('Box', 0, span, `{\\p1\\3c${hueOf(colour)}${place}${grows ?? ''}}${drawing}`)
  }

  #labelOf({ box, colour, label }: DrawnTarget, later: Roi | undefined, span: Span): string {
    const { fontSize, padding, line } = this.#measures
    const isInside = Math.min(box.top, later?.top ?? box.top) < fontSize + 2 * padding
    // A label that would leave the frame at the right is aligned with the box's right side.
    const isRight = box.left > this.#size.width / 2 && box.left + box.width > this.#size.width * 0.75
    const anchor = ({ left, top, width }: Roi): Point => {
      const x = isRight ? left + width - padding : left + padding
      return isInside ? [x + (isRight ? -line : line), top + line + padding] : [x, top - padding]
    }
    const corner = isInside ? (isRight ? 9 : 7) : isRight ? 3 : 1
    const place = positionTag(anchor(box), later && anchor(later), span)
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
 * A script's times are hundredths of a second. A drawing begins in the last hundredth before its frame, which is after the
 * frame before. Not in the frame's own: filters cut times to milliseconds, and 0.2 s may become 199.
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

/** When a move begins and ends, milliseconds from the start of its event. */
function timesOf({ start, end }: Span): string {
  const from = 10 * centiseconds(start)
  return `${start - from},${end - from}`
}

function positionTag(from: Point, to: Point | undefined, span: Span): string {
  return to ? `\\move(${from.join(',')},${to.join(',')},${timesOf(span)})` : `\\pos(${from.join(',')})`
}

/** The path whose line of this width lies inside of a box. */
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
