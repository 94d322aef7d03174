import { IconMovie, IconPhoto } from '@tabler/icons-react'
import clsx from 'clsx'
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
import card from '../../../shared/grid/card.module.css'
import { MenuButton, SelectBox } from '../../../shared/grid/CardButtons.tsx'
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
      className={clsx(card.card, classes.item)}
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
      <div className={card.facts}>{factsOf(item)}</div>
      <div className={card.frame}>
        <ItemPicture item={item} />
        <SelectBox name={name} selected={selected} tabIndex={tabIndex} onToggle={() => acts.toggle(item)} />
        <MenuButton name={name} tabIndex={tabIndex} onOpen={(button) => openCardMenu(itemId, button)} />
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
    <div className={card.picture}>
      {url ? <img src={url} alt="" draggable={false} decoding="async" /> : <Icon size={28} stroke={1.25} aria-hidden />}
      {mediaType === 'photo' && (
        <span className={card.duration} title={`At ${clock(atSeconds)} of its video`}>
          <IconPhoto size={13} stroke={1.75} aria-label="Photo" />
          {clock(atSeconds)}
        </span>
      )}
      {mediaType === 'video' && durationSeconds !== null && (
        <span className={card.duration}>{clock(durationSeconds)}</span>
      )}
    </div>
  )
}
