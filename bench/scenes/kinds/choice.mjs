// @ts-check
// Which films are asked for.

/**
 * @param {string} text "3", "1-5" or "1,4,7-9"
 * @returns {number[]}
 * @throws {Error} for anything else
 */
export function seedsOf(text) {
  return text.split(',').flatMap((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? []
    if (from === undefined) throw new Error(`“${part}” is no seed: --seeds wants numbers, as in 1-5 or 1,4,7.`)
    const [first, last] = [Number(from), Number(to ?? from)]
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
}

/**
 * @param {string} name
 * @param {string | undefined} wanted parts of names, with commas; all when left out
 */
export function isWanted(name, wanted) {
  return wanted === undefined || wanted.split(',').some((part) => name.includes(part.trim()))
}
