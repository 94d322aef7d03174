import { readFile, writeFile } from 'node:fs/promises'

/** A box of an MP4: where its content begins, and how it is reached from the outside, as `moov/trak[1]/tkhd`. */
interface Box {
  readonly path: string
  readonly content: number
}

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])

function boxesOf(bytes: Buffer, from = 0, to = bytes.length, above = ''): Box[] {
  const boxes: Box[] = []
  let tracks = 0
  for (let at = from; at + 8 <= to;) {
    const [size, type] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)]
    const path = `${above}${type}${type === 'trak' ? `[${tracks++}]` : ''}`
    boxes.push({ path, content: at + 8 })
    if (CONTAINERS.has(type)) boxes.push(...boxesOf(bytes, at + 8, at + size, `${path}/`))
    at += Math.max(8, size)
  }
  return boxes
}

/** Writes a copy of an MP4 in which some boxes are others. @param edit is given the bytes and where the box's content begins. */
export async function editBoxes(
  source: string,
  target: string,
  path: RegExp,
  edit: (bytes: Buffer, content: number) => void,
): Promise<string> {
  const bytes = await readFile(source)
  const boxes = boxesOf(bytes).filter((box) => path.test(box.path))
  if (boxes.length === 0) throw new Error(`There is no ${path.source} in ${source}.`)
  for (const { content } of boxes) edit(bytes, content)
  await writeFile(target, bytes)
  return target
}

/** For `editBoxes`: a duration of `mdhd`, `mvhd` (16 bytes in) or `tkhd` (20), made longer or shorter. */
export function timesDuration(factor: number, at = 16) {
  return (bytes: Buffer, content: number): void => {
    bytes.writeUInt32BE(Math.round(bytes.readUInt32BE(content + at) * factor), content + at)
  }
}
