import { Skeleton } from '@mantine/core'
import { ALBUM_CARD } from '../sizes.ts'

/** Albums to be, where they will be. */
export function LoadingAlbums() {
  return (
    <div
      role="status"
      aria-label="Loading albums"
      style={{
        display: 'grid',
        flex: 1,
        alignContent: 'start',
        gap: 14,
        minHeight: 0,
        padding: '22px 24px',
        overflow: 'hidden',
        gridTemplateColumns: `repeat(auto-fill, minmax(${ALBUM_CARD.smallest}px, 1fr))`,
      }}
    >
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index}>
          <Skeleton radius={6} style={{ height: 'auto', aspectRatio: '16 / 9' }} />
          <Skeleton h={12} w="60%" mt={10} radius={4} />
          <Skeleton h={10} w="35%" mt={8} mb={10} radius={4} />
        </div>
      ))}
    </div>
  )
}
