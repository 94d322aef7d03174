import { memo } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { openAlbum } from '../actions.ts'
import { amountOf } from '../album-text.ts'
import { Cover } from '../Cover.tsx'
import { openCardMenu } from '../../../shared/grid/card-menu.ts'
import { CARD_ATTRIBUTE } from '../../../shared/grid/useGridFocus.ts'
import { VISIBILITY } from '../visibility.ts'
import card from '../../../shared/grid/card.module.css'
import { MenuButton } from '../../../shared/grid/CardButtons.tsx'
import { ownsClicks } from '../../../shared/grid/own-clicks.ts'
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
      className={card.card}
      onClick={(event) => !ownsClicks(event) && openAlbum(album)}
      {...{ [CARD_ATTRIBUTE]: album.albumId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <div className={classes.title} title={album.title}>
        {album.title}
      </div>
      <div className={card.facts}>{amountOf(album)}</div>
      <div className={card.frame}>
        <Cover album={album} />
        <Badge album={album} />
        <MenuButton name={album.title} tabIndex={tabIndex} onOpen={(button) => openCardMenu(album.albumId, button)} />
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
