/**
 * Turns times into progress that is reported once for each per cent, and never decreases.
 * @param durationSeconds of the whole; nothing is reported for 0 or null.
 */
export function inPercentSteps(
  durationSeconds: number | null,
  onProgress: ((fraction: number) => void) | undefined,
): (seconds: number) => void {
  let reported = 0
  return (seconds) => {
    const percent = durationSeconds ? Math.min(100, Math.floor((100 * seconds) / durationSeconds)) : 0
    if (percent <= reported) return
    reported = percent
    onProgress?.(percent / 100)
  }
}
