export const ALBUMS_PATH = '/albums'

/** The page of one album. */
export function albumPath(albumId: string): string {
  return `${ALBUMS_PATH}/${albumId}`
}
