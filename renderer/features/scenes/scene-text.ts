import type { Scene } from '../../../main/contract/index.ts'
import { clockRange } from '../../shared/format/time.ts'

const OPENED_BY: Readonly<Record<Exclude<Scene['transition'], 'start' | 'drift'>, string>> = {
  cut: 'Starts with a cut',
  fade: 'Starts with a fade',
  dissolve: 'Starts with a dissolve',
  wipe: 'Starts with a wipe',
}

/** What is known of a scene without a description: `Starts with a cut (98%)`. */
export function openingOf({ transition, confidenceScore }: Scene): string {
  if (transition === 'start') return 'Start of video'
  // There is no edit to be sure of: the scene was split because that was asked for.
  if (transition === 'drift') return 'Same shot, the picture has changed'
  const opened = OPENED_BY[transition]
  return confidenceScore === null ? opened : `${opened} (${Math.round(confidenceScore * 100)}%)`
}

/** `2:41-3:19` */
export function rangeOf({ startTime, endTime }: Scene): string {
  return clockRange(startTime, endTime)
}

/**
 * Indexes of the scenes that hold every word: as its number, or in description, tags, seen text or what opens it.
 * A time (`2:41`) also finds the scene that plays then.
 */
export function findScenes(scenes: readonly Scene[], text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return scenes.flatMap((scene, index) => (words.every((word) => holds(scene, word)) ? [index] : []))
}

function holds(scene: Scene, word: string): boolean {
  if (word.replace('#', '') === String(scene.sceneIndex + 1) || word === rangeOf(scene)) return true
  const time = secondsOf(word)
  if (time !== null && time >= Math.floor(scene.startTime) && time < scene.endTime) return true
  return searchable(scene).includes(word)
}

function searchable({ description, visibleText, tags, transition }: Scene): string {
  return [description, visibleText, transition, ...tags].join('\n').toLowerCase()
}

/** `2:41` or `1:02:41` in seconds. */
function secondsOf(word: string): number | null {
  if (!/^\d+(:\d{1,2}){1,2}$/.test(word)) return null
  return word.split(':').reduce((total, part) => total * 60 + Number(part), 0)
}
