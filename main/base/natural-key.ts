/** Digits of a run of them in a key: longer runs are compared as they are. */
const DIGITS = 12

/** A text by which names sort as people number them, `clip 2` before `clip 10`, in any case. */
export function naturalKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(DIGITS, '0'))
}
