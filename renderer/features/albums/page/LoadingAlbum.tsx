import { Skeleton } from '@mantine/core'
import { ITEM_CARD } from '../sizes.ts'
import classes from './AlbumHead.module.css'

/** The page's own shape while the album is asked for. */
export function LoadingAlbum() {
  const columns = `repeat(auto-fill, minmax(${ITEM_CARD.smallest}px, 1fr))`
  return (
    <div role="status" aria-label="Loading album" style={{ flex: 1, overflow: 'hidden', padding: '0 24px' }}>
      <div className={classes.head}>
        <Skeleton className={classes.cover ?? ''} h={126} radius={8} />
        <div>
          <Skeleton h={24} w={260} radius={4} />
          <Skeleton h={12} w={420} mt={14} radius={4} />
          <Skeleton h={12} w={300} mt={10} radius={4} />
          <Skeleton h={30} w={220} mt={16} radius={6} />
        </div>
      </div>
      <div style={{ display: 'grid', gap: 14, marginTop: 40, gridTemplateColumns: columns }}>
        {Array.from({ length: 10 }, (_, index) => (
          <div key={index}>
            <Skeleton radius={6} style={{ height: 'auto', aspectRatio: '16 / 9' }} />
            <Skeleton h={12} w="70%" mt={10} mb={18} radius={4} />
          </div>
        ))}
      </div>
    </div>
  )
}
