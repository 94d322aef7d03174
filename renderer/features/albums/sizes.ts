/** Least width of an album's card, and the height of its words, in pixels. */
export const ALBUM_CARD = { smallest: 232, textHeight: 44 } as const
/** The same of an item's card. */
export const ITEM_CARD = { smallest: 200, textHeight: 46 } as const
