/**
 * Turns a stream of times into progress that speaks once a hundredth, and never backwards.
 * @param durationSeconds of the whole; 0 or unknown tells nothing.
 */
export function inSteps(
  durationSeconds: number | null,
  onProgress: ((fraction: number) => void) | undefined,
): (seconds: number) => void {
  let told = 0
  return (seconds) => {
    const percent = durationSeconds ? Math.min(100, Math.floor((100 * seconds) / durationSeconds)) : 0
    if (percent <= told) return
    told = percent
    onProgress?.(percent / 100)
  }
}
