import type { Command } from '../shared/registry/feature.ts'

/** The commands that have every typed word in their name or their other words, in any order and case. */
export function matching<C extends Pick<Command, 'name' | 'words'>>(commands: readonly C[], query: string): C[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ name, words: others = '' }) => {
    const text = `${name} ${others}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
