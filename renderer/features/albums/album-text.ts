import type { AlbumItem, AlbumSummary } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { clock, dayName } from '../../shared/format/time.ts'

/** `14 items, 12:37`: how much is in an album. */
export function amountOf({ itemCount, totalSeconds }: Pick<AlbumSummary, 'itemCount' | 'totalSeconds'>): string {
  if (itemCount === 0) return 'Empty'
  return [count(itemCount, 'item'), totalSeconds > 0 && clock(totalSeconds)].filter(Boolean).join(', ')
}

/** `14 items from 9 videos` */
export function sourcesOf(items: readonly AlbumItem[]): string {
  const videos = new Set(items.map(({ videoId }) => videoId)).size
  return `${count(items.length, 'item')} from ${count(videos, 'video')}`
}

/** `Changed today, 09:56` */
export function changedAt({ updatedAt }: Pick<AlbumSummary, 'updatedAt'>, now = new Date()): string {
  const day = dayName(updatedAt, now)
  const time = new Date(updatedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `Changed ${/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : day}, ${time}`
}

/** What an item is called: what somebody wrote below it, or else its title. */
export function nameOf({ caption, title }: Pick<AlbumItem, 'caption' | 'title'>): string {
  return caption ?? title
}

/** `2 items stay hidden: they belong to others.` */
export function hiddenText(amount: number): string {
  return amount === 1
    ? '1 item is hidden from others: it belongs to another user.'
    : `${amount} items are hidden from others: they belong to other users.`
}
