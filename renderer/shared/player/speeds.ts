export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4] as const
/** What L goes through, and J backwards. */
const FASTER = [1, 1.5, 2, 4] as const

export function faster(speed: number): number {
  return FASTER.find((step) => step > speed) ?? 4
}
