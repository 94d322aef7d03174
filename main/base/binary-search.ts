/**
 * The first index of a sorted list that is not before the searched place; `length` when all are.
 * @param isBefore true for the first indexes, then false for all others.
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
