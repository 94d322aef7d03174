import { IconCheck, IconMovie, IconPhoto } from '@tabler/icons-react'
import type { DragEvent } from 'react'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { clock } from '../../../shared/format/time.ts'
import { toggled } from '../../library/selection.ts'
import { writeCaption } from '../actions.ts'
import { nameOf } from '../album-text.ts'
import { useDrag } from '../drag.ts'
import { CARD_ATTRIBUTE } from '../grid/useGridFocus.ts'
import { isElsewhere } from '../media.ts'
import { CaptionField } from './CaptionField.tsx'
import { ItemMenu } from './ItemMenu.tsx'
import { OWN_CLICKS } from './own-clicks.ts'
import type { AlbumView } from './useAlbumView.ts'
import classes from './ItemCard.module.css'

export interface ItemCardProps {
  album: Album
  item: AlbumItem
  view: AlbumView
  tabIndex: 0 | -1
  /** On which side something dragged would go. */
  marker: 'before' | 'after' | null
  onPlay: (item: AlbumItem) => void
  onDrag: (event: DragEvent, item: AlbumItem) => void
}

/** One item: its picture, what is written below it, where it comes from. */
export function ItemCard({ album, item, view, tabIndex, marker, onPlay, onDrag }: ItemCardProps) {
  const { itemId } = item
  const name = nameOf(item)
  const selected = view.selection.selected.has(itemId)
  const writing = view.writing === itemId
  const moving = useDrag(({ dragged }) => dragged?.from?.itemIds.has(itemId) ?? false)
  const leave = (text: string | null): void => {
    view.write(null)
    view.focus.goTo(itemId)
    if (text !== null) void writeCaption(album.albumId, item, text)
  }
  return (
    <div
      role="gridcell"
      tabIndex={tabIndex}
      aria-selected={selected}
      className={classes.card}
      data-marker={marker ?? undefined}
      data-moving={moving || undefined}
      draggable={!writing}
      onDragStart={(event) => onDrag(event, item)}
      onDoubleClick={(event) => isPicture(event.target) && onPlay(item)}
      {...{ [CARD_ATTRIBUTE]: itemId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <button
        type="button"
        className={classes.name}
        tabIndex={tabIndex}
        title={`${name} (click or F2 to change the caption)`}
        onClick={() => view.write(itemId)}
        {...{ [OWN_CLICKS]: '' }}
      >
        {name}
      </button>
      <div className={classes.facts}>{factsOf(item)}</div>
      <div className={classes.frame}>
        <ItemPicture item={item} />
        <button
          type="button"
          role="checkbox"
          aria-checked={selected}
          aria-label={`Select ${name}`}
          tabIndex={tabIndex}
          className={classes.check}
          onClick={() => view.select((now) => toggled(now, itemId))}
          {...{ [OWN_CLICKS]: '' }}
        >
          <span>{selected && <IconCheck size={14} stroke={2.5} />}</span>
        </button>
        <ItemMenu album={album} item={item} view={view} tabIndex={tabIndex} onPlay={onPlay} className={classes.menu} />
      </div>
      {writing && <CaptionField caption={item.caption} title={item.title} onLeave={leave} />}
    </div>
  )
}

function isPicture(target: EventTarget): boolean {
  return (target as Element).closest(`[${OWN_CLICKS}]`) === null
}

/** What it is, where its caption does not say it. */
function factsOf(item: AlbumItem): string {
  const { caption, title, mediaType, width, height } = item
  if (caption !== null) return title
  if (mediaType === 'photo') return 'Photo'
  if (isElsewhere(item)) return 'On another site'
  return width !== null && height !== null ? `${width} × ${height}` : 'Video'
}

function ItemPicture({ item: { thumbnailUrl, mediaType, durationSeconds, atSeconds } }: { item: AlbumItem }) {
  const url = mediaUrl(thumbnailUrl)
  const Icon = mediaType === 'photo' ? IconPhoto : IconMovie
  return (
    <div className={classes.picture}>
      {url ? <img src={url} alt="" draggable={false} decoding="async" /> : <Icon size={28} stroke={1.25} aria-hidden />}
      {mediaType === 'photo' && (
        <span className={classes.badge} title={`At ${clock(atSeconds)} of its video`}>
          <IconPhoto size={13} stroke={1.75} aria-label="Photo" />
          {clock(atSeconds)}
        </span>
      )}
      {mediaType === 'video' && durationSeconds !== null && (
        <span className={classes.badge}>{clock(durationSeconds)}</span>
      )}
    </div>
  )
}
