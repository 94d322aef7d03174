import { displayable } from '../base/printable.ts'

/**
 * The same answer with every text in it made fit to be shown: a window or page never shows what would turn round or hide
 * a part of a line. What needs no change is the same object.
 */
export function shownValue<T>(value: T): T {
  return shown(value) as T
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return displayable(value)
  if (Array.isArray(value)) return changed(value, value.map(shown))
  if (!isPlain(value)) return value
  const before = Object.entries(value)
  const after = before.map(([name, part]) => [name, shown(part)] as const)
  return after.some(([, part], at) => part !== before[at]?.[1]) ? Object.fromEntries(after) : value
}

function changed(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.some((part, at) => part !== before[at]) ? after : before
}

/** Bytes, dates and the like have no text. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
