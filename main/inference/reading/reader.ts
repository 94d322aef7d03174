import type { Box, Corner, TextLine } from '../../engine/models/index.ts'
import { inside, type Pixels, type Region, wholeOf } from '../pixels.ts'
import { resize } from '../resizing.ts'
import { Model, numbersOf } from '../session.ts'
import { textAreas } from './areas.ts'
import { Characters, type Recognised } from './characters.ts'
import { EVEN, planes, type Scale } from './planes.ts'
import { inReadingOrder } from './reading-order.ts'
import { cornersOf, type Rectangle } from './rectangle.ts'
import { aspectOf, type Corners, type Course, STRIP_HEIGHT, straightened, turnedAround } from './strip.ts'

/** Longest side of the picture in which text is searched, pixels. */
const SEARCH_SIDE = 960
/** A small part is enlarged to this first, at most so many times. */
const LEAST_SIDE = 736
const MOST_ENLARGED = 4
/** The model halves its picture five times. */
const SEARCH_STEP = 32
const SEARCH_SCALE: Scale = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }
/** Input widths of the recognition model; lines are padded to one of them. */
const STRIP_WIDTHS = [80, 160, 320, 480, 640, 960, 1280, 1600]
const ANGLE_WIDTH = 192
/** From this confidence in the angle on, a line is read one way only. */
const SURE_OF_ANGLE = 0.9
const LEAST_CONFIDENCE = 0.5
/** A line read with less confidence is also read the other way: the angle model errs, too. */
const UNREAD = 0.6

/** A line to read, with the rectangle that is reported. */
interface Found {
  readonly corners: Corners
  readonly course: Course
}

interface WayRound {
  readonly strip: Pixels
  readonly corners: Corners
}

/** Finds and reads text at any angle, with PP-OCRv4. */
export class Reader {
  readonly #areas: Model
  readonly #angle: Model
  readonly #lines: Model
  readonly #modelsFolder: string
  #characters: Characters | null = null

  constructor(modelsFolder: string) {
    this.#modelsFolder = modelsFolder
    this.#areas = new Model(modelsFolder, 'text-areas.onnx')
    this.#angle = new Model(modelsFolder, 'text-angle.onnx')
    this.#lines = new Model(modelsFolder, 'text-lines.onnx')
  }

  /** The lines within each box, in reading order; without boxes those of the whole picture. */
  async read(picture: Pixels, boxes: readonly Box[] | null): Promise<TextLine[][]> {
    const regions = boxes?.map((box) => inside(box, picture)) ?? [wholeOf(picture)]
    const read: TextLine[][] = []
    for (const region of regions) read.push(await this.#readRegion(picture, region))
    return read
  }

  async #readRegion(picture: Pixels, region: Region): Promise<TextLine[]> {
    const lines: TextLine[] = []
    for (const found of await this.#find(picture, region)) {
      const line = await this.#readLine(picture, found)
      if (line.text !== '' && line.confidence >= LEAST_CONFIDENCE) lines.push(line)
    }
    return inReadingOrder(lines)
  }

  /** Finds lines, in either direction. */
  async #find(picture: Pixels, region: Region): Promise<Found[]> {
    const longest = Math.max(region.width, region.height)
    const enlarged = Math.min(MOST_ENLARGED, Math.max(1, LEAST_SIDE / longest))
    const scale = Math.min(enlarged, SEARCH_SIDE / longest)
    const steps = (length: number): number => SEARCH_STEP * Math.max(1, Math.round((length * scale) / SEARCH_STEP))
    const [width, height] = [steps(region.width), steps(region.height)]
    const search = { data: new Uint8Array(width * height * 3), width, height }
    resize(picture, region, search, wholeOf(search))
    const outputs = await this.#areas.run({ x: planes(search, SEARCH_SCALE) })
    const areas = textAreas({ likelihood: numbersOf(outputs, 'sigmoid_0.tmp_0'), width, height })
    const [across, down] = [region.width / width, region.height / height]
    const inPicture = (rectangle: Rectangle): Corners => {
      const at = ([x, y]: Corner): Corner => [region.left + x * across, region.top + y * down]
      const [a, b, c, d] = cornersOf(rectangle)
      return [at(a), at(b), at(c), at(d)]
    }
    return areas.map(({ rectangle, bend }) => {
      const corners = inPicture(rectangle)
      if (!bend) return { corners, course: { corners, bend: [] } }
      const { thickness, offsets } = bend
      const parts = Array.from(offsets, (offset) => offset / thickness)
      return { corners, course: { corners: inPicture({ ...rectangle, thickness }), bend: parts } }
    })
  }

  async #readLine(picture: Pixels, { corners, course }: Found): Promise<TextLine> {
    const width = Math.ceil(STRIP_HEIGHT * aspectOf(course))
    const strip = straightened(picture, course, Math.max(8, Math.min(STRIP_WIDTHS.at(-1) ?? 0, width)))
    const [a, b, c, d] = corners
    const upright: WayRound = { strip, corners }
    const turned: WayRound = { strip: turnedAround(strip), corners: [c, d, a, b] }
    const upsideDown = await this.#upsideDown(strip)
    const [likely, unlikely] = upsideDown < 0.5 ? [upright, turned] : [turned, upright]
    const isSure = Math.abs(upsideDown - 0.5) > SURE_OF_ANGLE - 0.5
    const first = await this.#recognise(likely.strip)
    if (isSure && first.confidence >= UNREAD) return { ...first, corners: likely.corners }
    const second = await this.#recognise(unlikely.strip)
    if (second.confidence > first.confidence) return { ...second, corners: unlikely.corners }
    return { ...first, corners: likely.corners }
  }

  async #recognise(strip: Pixels): Promise<Recognised> {
    const width = STRIP_WIDTHS.find((candidate) => candidate >= strip.width) ?? strip.width
    const outputs = await this.#lines.run({ x: planes(strip, EVEN, width) })
    this.#characters ??= new Characters(this.#modelsFolder)
    return this.#characters.decode(numbersOf(outputs, 'softmax_11.tmp_0'))
  }

  /** Likelihood that a line is upside down. */
  async #upsideDown(strip: Pixels): Promise<number> {
    const width = Math.min(ANGLE_WIDTH, strip.width)
    const small = { data: new Uint8Array(width * STRIP_HEIGHT * 3), width, height: STRIP_HEIGHT }
    resize(strip, wholeOf(strip), small, wholeOf(small))
    const outputs = await this.#angle.run({ x: planes(small, EVEN, ANGLE_WIDTH) })
    return numbersOf(outputs, 'softmax_0.tmp_0')[1] ?? 0
  }
}
