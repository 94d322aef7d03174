import type { Box } from './models.ts'

/** @returns the intersection over union of two boxes, 0..1. */
export function overlap(one: Box, other: Box): number {
  const width = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left)
  const height = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (one.width * one.height + other.width * other.height - shared)
}

/** Whether its numbers are finite and its area is not empty. */
export function isBox({ left, top, width, height }: Box): boolean {
  return Number.isFinite(left + top) && width > 0 && height > 0 && width * height < Infinity
}
