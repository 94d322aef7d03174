import { readFileSync } from 'node:fs'
import path from 'node:path'

export interface Recognised {
  readonly text: string
  /** Mean over its characters; 0 for no text. */
  readonly confidence: number
}

/** Least likelihood of a space between two characters. */
const SOME_SPACE = 0.04

/** Turns the recognition model's output for each column of a line into text. */
export class Characters {
  /** By the model's numbering: 0 is "no character", the last one a space. */
  readonly #characters: readonly string[]

  constructor(modelsFolder: string) {
    const list = readFileSync(path.join(modelsFolder, 'text-characters.txt'), 'utf8').replace(/\r?\n$/, '')
    this.#characters = ['', ...list.split(/\r?\n/), ' ']
  }

  /**
   * A character spans several columns: repeated without a gap it counts once. In a gap the model gives a space less
   * likelihood than no character, even where there is one: a lower likelihood is enough for it.
   */
  decode(likelihoods: Float32Array): Recognised {
    const kinds = this.#characters.length
    let [text, sum, count, previous, space] = ['', 0, 0, 0, 0]
    for (let column = 0; column < likelihoods.length; column += kinds) {
      const best = likeliest(likelihoods, column, kinds)
      space = Math.max(space, likelihoods[column + kinds - 1] ?? 0)
      if (best !== 0 && best !== previous) {
        if (best !== kinds - 1 && space > SOME_SPACE && !text.endsWith(' ')) text += ' '
        text += this.#characters[best] ?? ''
        sum += likelihoods[column + best] ?? 0
        count += 1
      }
      if (best !== 0) space = 0
      previous = best
    }
    return { text: text.trim(), confidence: count === 0 ? 0 : sum / count }
  }
}

/** The number of the likeliest character of a column. */
function likeliest(likelihoods: Float32Array, column: number, kinds: number): number {
  let best = 0
  for (let kind = 1; kind < kinds; kind += 1) {
    if ((likelihoods[column + kind] as number) > (likelihoods[column + best] as number)) best = kind
  }
  return best
}
