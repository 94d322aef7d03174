/** The numbers of one video. */
export function analyticsPath(videoId: string): string {
  return `/analytics/${videoId}`
}
