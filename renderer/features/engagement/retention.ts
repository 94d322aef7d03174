/** Width of the curve's own units. */
const WIDTH = 1000

/**
 * The curve over the tenths of a film, in steps: within a tenth nothing is known of when somebody left.
 * @param shares percent that got to each tenth
 */
export function curveOf(shares: readonly number[], height: number): { line: string; area: string } {
  const step = WIDTH / Math.max(1, shares.length)
  const y = (share: number): string => (height - (share / 100) * height).toFixed(1)
  const line = shares
    .map((share, index) => `${index === 0 ? 'M0 ' : 'V'}${y(share)}H${((index + 1) * step).toFixed(1)}`)
    .join('')
  return { line, area: `${line}V${height}H0Z` }
}

/** The tenth in which most of those who got there left, the last excepted; null when nobody leaves before it. */
export function leavingMost(tenths: readonly { readonly ended: number }[]): number | null {
  const early = tenths.slice(0, -1).map(({ ended }) => ended)
  const most = Math.max(0, ...early)
  return most === 0 ? null : early.indexOf(most)
}
