import type { TablerIcon } from '@tabler/icons-react'

/** Something the palette can do. */
export interface Command {
  readonly id: string
  readonly name: string
  readonly icon: TablerIcon
  /** Other words it is looked for by. */
  readonly words?: string
  /** The shortcut that does the same. */
  readonly key?: string
  readonly run: () => void
}

/** The commands that have every typed word in their name or their other words, in any order and case. */
export function matching<C extends Pick<Command, 'name' | 'words'>>(commands: readonly C[], query: string): C[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ name, words: others = '' }) => {
    const text = `${name} ${others}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
