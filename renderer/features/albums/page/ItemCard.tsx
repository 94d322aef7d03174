import { IconCheck, IconDots, IconMovie, IconPhoto } from '@tabler/icons-react'
import { type DragEvent, memo } from 'react'
import type { AlbumItem } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { clock } from '../../../shared/format/time.ts'
import { nameOf } from '../album-text.ts'
import { useDrag } from '../../../shared/media/drag.ts'
import { openCardMenu } from '../../../shared/grid/card-menu.ts'
import { CARD_ATTRIBUTE } from '../../../shared/grid/useGridFocus.ts'
import { isElsewhere } from '../../../shared/media/media.ts'
import { CaptionField } from './CaptionField.tsx'
import { OWN_CLICKS } from '../../../shared/grid/own-clicks.ts'
import over from '../../../shared/ui/over-picture.module.css'
import classes from './ItemCard.module.css'

/** What a card asks its grid to do. The same object on every render: a card is drawn anew only when it changes. */
export interface ItemActs {
  readonly play: (item: AlbumItem) => void
  readonly drag: (event: DragEvent, item: AlbumItem) => void
  readonly toggle: (item: AlbumItem) => void
  readonly write: (item: AlbumItem) => void
  /** Gets the caption, or null when it is unchanged. */
  readonly written: (item: AlbumItem, text: string | null) => void
}

interface ItemCardProps {
  item: AlbumItem
  selected: boolean
  /** Whether its caption is being written. */
  writing: boolean
  tabIndex: 0 | -1
  /** On which side something dragged would go. */
  marker: 'before' | 'after' | null
  acts: ItemActs
}

/** One item: its picture, what is written below it, where it comes from. */
export const ItemCard = memo(function ItemCard({ item, selected, writing, tabIndex, marker, acts }: ItemCardProps) {
  const { itemId } = item
  const name = nameOf(item)
  const moving = useDrag(({ dragged }) => dragged?.from?.itemIds.has(itemId) ?? false)
  return (
    <div
      role="gridcell"
      tabIndex={tabIndex}
      aria-selected={selected}
      className={classes.card}
      data-marker={marker ?? undefined}
      data-moving={moving || undefined}
      draggable={!writing}
      onDragStart={(event) => acts.drag(event, item)}
      onDoubleClick={(event) => isPicture(event.target) && acts.play(item)}
      {...{ [CARD_ATTRIBUTE]: itemId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <button
        type="button"
        className={classes.name}
        tabIndex={tabIndex}
        title={`${name} (click or F2 to change the caption)`}
        onClick={() => acts.write(item)}
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
          className={over.check}
          onClick={() => acts.toggle(item)}
          {...{ [OWN_CLICKS]: '' }}
        >
          <span>{selected && <IconCheck size={14} stroke={2.5} />}</span>
        </button>
        <button
          type="button"
          className={over.menu}
          aria-label={`Actions for ${name}`}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={(event) => openCardMenu(itemId, event.currentTarget)}
          {...{ [OWN_CLICKS]: '' }}
        >
          <IconDots size={16} stroke={1.75} />
        </button>
      </div>
      {writing && (
        <CaptionField caption={item.caption} title={item.title} onLeave={(text) => acts.written(item, text)} />
      )}
    </div>
  )
})

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
