/** The tenth in which most of those who got there left, the last excepted; null when nobody leaves before it. */
export function leavingMost(tenths: readonly { readonly ended: number }[]): number | null {
  const early = tenths.slice(0, -1).map(({ ended }) => ended)
  const most = Math.max(0, ...early)
  return most === 0 ? null : early.indexOf(most)
}
