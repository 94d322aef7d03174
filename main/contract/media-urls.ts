/**
 * Every path below the server's root under which media is read: by HTTP, and by the window's own protocol. Built and
 * parsed here only.
 */

/** What is made from a video and read as a file of its own. */
export type DerivedKind = 'poster' | 'sprite' | 'preview'

const VIDEOS = '/api/v2/videos'
const SCENES = '/api/v2/video-scenes'

export const mediaUrl = {
  /** The bytes as they were uploaded. */
  file: (videoId: string) => `${VIDEOS}/${videoId}/file`,
  preview: (videoId: string) => `${VIDEOS}/${videoId}/preview`,
  /** @param version how often it was made, so that a cache never shows an old one; 0 is never. */
  poster: (videoId: string, version: number) => (version === 0 ? null : `${VIDEOS}/${videoId}/poster?v=${version}`),
  sprite: (videoId: string, version: number) => `${VIDEOS}/${videoId}/sprite?v=${version}`,
  sceneThumbnail: (sceneId: string) => `${SCENES}/${sceneId}/thumbnail`,
}
