import type { AlbumSummary } from '../../../../main/contract/index.ts'

/** Those whose title or description has every typed word, in any order and case. */
export function albumsNamed(albums: readonly AlbumSummary[], query: string): readonly AlbumSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return albums.filter(({ title, description }) => {
    const text = `${title} ${description ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
