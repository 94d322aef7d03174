/** What happens to the items of the library; the subject is the item. */
export const MEDIA_ADDED = 'media.added'
export const MEDIA_CHANGED = 'media.changed'
/** It may still be restored. */
export const MEDIA_DELETED = 'media.deleted'
export const MEDIA_RESTORED = 'media.restored'
/** It is gone for good. */
export const MEDIA_PURGED = 'media.purged'

/** Whether a kind of event is one of these. */
export function isMediaEvent(kind: string): boolean {
  return kind.startsWith('media.')
}
