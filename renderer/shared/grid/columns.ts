/** Pixels between cards, both ways. */
export const GAP = 14

/** How many cards, at least `smallest` pixels wide, stand side by side in `width` pixels. */
export function columnsIn(width: number, smallest: number): number {
  return Math.max(1, Math.floor((width + GAP) / (smallest + GAP)))
}

/** Height in pixels of a row of cards with 16:9 pictures, text below them, and the gap below that. */
export function rowHeight(width: number, columns: number, textHeight: number): number {
  const card = (width - GAP * (columns - 1)) / columns
  return Math.round((card * 9) / 16) + textHeight + GAP
}
