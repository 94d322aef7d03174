/** The page of one video. */
export function videoPath(videoId: string): string {
  return `/videos/${videoId}`
}

/** The numbers of one video. */
export function analyticsPath(videoId: string): string {
  return `/analytics/${videoId}`
}
