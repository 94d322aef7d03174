import type { FfprobeAnswer } from './ffprobe-answer.ts'

/**
 * One name of the list that ffprobe gives: of `mov,mp4,m4a,3gp,3g2,mj2` by the declared brand (QuickTime before 2004 has
 * none), of `matroska,webm` by the document type at its head.
 */
export function formatNameOf({ format }: FfprobeAnswer, head: Uint8Array): string | null {
  const names = format.format_name.split(',')
  if (names.includes('mp4')) return isoName(format.tags['major_brand'])
  if (names.includes('webm')) return Buffer.from(head).includes('webm') ? 'webm' : 'matroska'
  return names[0] || null
}

function isoName(brand: string | undefined): string {
  if (brand === undefined || brand.trim() === 'qt') return 'mov'
  return brand.startsWith('3g') ? brand.slice(0, 3) : 'mp4'
}
