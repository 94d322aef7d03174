/**
 * Every path below the server's root under which media is read: by HTTP, and by the window's own protocol. Built and
 * parsed here only. The ids and versions in them change when what they show does.
 */

export interface MediaRegion {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const VIDEO = '/api/v2/videos'
const TASK = '/v1/video/tasks'

const versioned = (path: string, version: number | string): string => `${path}?v=${version}`
const ofItem = (albumId: string, itemId: string): string => `/api/v1/albums/${albumId}/items/${itemId}`

export const mediaPath = {
  /** The bytes as they were uploaded. */
  file: (videoId: string) => `${VIDEO}/${videoId}/file`,
  preview: (videoId: string) => `${VIDEO}/${videoId}/preview`,
  /** @param version how often it was made; 0 is never. */
  poster: (videoId: string, version: number) =>
    version === 0 ? null : versioned(`${VIDEO}/${videoId}/poster`, version),
  sprite: (videoId: string, version: number) => versioned(`${VIDEO}/${videoId}/sprite`, version),
  sceneThumbnail: (sceneId: string) => `/api/v2/video-scenes/${sceneId}/thumbnail`,
  /** Of the album, not of the video: who may read the album may read it. @param version null for what never changes. */
  item: (albumId: string, itemId: string, which: 'media' | 'thumbnail', version: number | string | null) => {
    const path = `${ofItem(albumId, itemId)}/${which}`
    return version === null ? path : versioned(path, version)
  },
  taskVideo: (taskId: string) => `${TASK}/${taskId}/video`,
  annotated: (taskId: string) => `${TASK}/${taskId}/annotated`,
  /** One frame, or a region of it. @param frame its number in the video. */
  taskPicture: (taskId: string, frame: number, region?: MediaRegion) => {
    const path = `${TASK}/${taskId}/frames/${frame}`
    return region ? `${path}?roi=${region.left},${region.top},${region.width},${region.height}` : path
  },
}

/** What one of these paths leads to, and the input of the operation that opens it. */
export type MediaTarget =
  | { readonly is: 'file'; readonly of: { videoId: string } }
  | { readonly is: 'derived'; readonly of: { videoId: string; which: 'poster' | 'sprite' | 'preview' } }
  | { readonly is: 'sceneThumbnail'; readonly of: { sceneId: string } }
  | { readonly is: 'item'; readonly of: { albumId: string; itemId: string; which: 'media' | 'thumbnail' } }
  | { readonly is: 'taskVideo' | 'annotated'; readonly of: { taskId: string } }
  | { readonly is: 'taskPicture'; readonly of: { taskId: string; frame: number; roi: MediaRegion | undefined } }

const ID = '([0-9a-f-]{36})'
const VIDEO_FILE = new RegExp(`^${VIDEO}/${ID}/(file|poster|sprite|preview)$`)
const SCENE_FILE = new RegExp(`^/api/v2/video-scenes/${ID}/thumbnail$`)
const ITEM_FILE = new RegExp(`^${ofItem(ID, ID)}/(media|thumbnail)$`)
const TASK_FILE = new RegExp(`^${TASK}/(vt_\\w{26})/(video|annotated|frames/(\\d{1,9}))$`)

/** @returns null for a path that leads to no media. */
export function parseMediaPath(pathname: string, search = new URLSearchParams()): MediaTarget | null {
  const [, videoId, which] = VIDEO_FILE.exec(pathname) ?? []
  if (videoId !== undefined) {
    return which === 'file'
      ? { is: 'file', of: { videoId } }
      : { is: 'derived', of: { videoId, which: which as 'poster' } }
  }
  const [, sceneId] = SCENE_FILE.exec(pathname) ?? []
  if (sceneId !== undefined) return { is: 'sceneThumbnail', of: { sceneId } }
  const [, albumId, itemId, part] = ITEM_FILE.exec(pathname) ?? []
  if (albumId !== undefined && itemId !== undefined)
    return { is: 'item', of: { albumId, itemId, which: part as 'media' } }
  const [, taskId, what, frame] = TASK_FILE.exec(pathname) ?? []
  if (taskId === undefined) return null
  if (frame === undefined) return { is: what === 'video' ? 'taskVideo' : 'annotated', of: { taskId } }
  return { is: 'taskPicture', of: { taskId, frame: Number(frame), roi: regionOf(search.get('roi')) } }
}

/** `left,top,width,height`; all of the frame without it. The operation checks the numbers. */
function regionOf(text: string | null): MediaRegion | undefined {
  if (text === null) return undefined
  const [left = NaN, top = NaN, width = NaN, height = NaN] = text.split(',').map(Number)
  return { left, top, width, height }
}
