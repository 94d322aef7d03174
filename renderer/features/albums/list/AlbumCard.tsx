import { IconDots } from '@tabler/icons-react'
import { memo } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { openAlbum } from '../actions.ts'
import { amountOf } from '../album-text.ts'
import { Cover } from '../Cover.tsx'
import { openCardMenu } from '../../../shared/grid/card-menu.ts'
import { CARD_ATTRIBUTE } from '../../../shared/grid/useGridFocus.ts'
import { VISIBILITY } from '../visibility.ts'
import over from '../../../shared/ui/over-picture.module.css'
import classes from './AlbumCard.module.css'

interface AlbumCardProps {
  album: AlbumSummary
  tabIndex: 0 | -1
}

/** One album: its first pictures, its title, how much is in it. */
export const AlbumCard = memo(function AlbumCard({ album, tabIndex }: AlbumCardProps) {
  return (
    <div
      role="gridcell"
      tabIndex={tabIndex}
      className={classes.card}
      onClick={() => openAlbum(album)}
      {...{ [CARD_ATTRIBUTE]: album.albumId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <div className={classes.title} title={album.title}>
        {album.title}
      </div>
      <div className={classes.facts}>{amountOf(album)}</div>
      <div className={classes.frame}>
        <Cover album={album} />
        <Badge album={album} />
        <button
          type="button"
          className={over.menu}
          aria-label={`Actions for ${album.title}`}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={(event) => {
            event.stopPropagation()
            openCardMenu(album.albumId, event.currentTarget)
          }}
        >
          <IconDots size={16} stroke={1.75} />
        </button>
      </div>
    </div>
  )
})

/** Who may see it, where that is not only oneself. */
function Badge({ album: { visibility } }: { album: AlbumSummary }) {
  if (visibility === 'private') return null
  const { name, icon: Icon } = VISIBILITY[visibility]
  return (
    <span className={classes.badge}>
      <Icon size={13} stroke={1.75} aria-hidden />
      {name}
    </span>
  )
}
