import { IconLink, IconLock, IconWorld, type TablerIcon } from '@tabler/icons-react'
import type { Visibility } from '../../../main/contract/index.ts'

interface VisibilityText {
  readonly name: string
  readonly icon: TablerIcon
  /** What it means, in a sentence. */
  readonly meaning: string
}

export const VISIBILITY: Readonly<Record<Visibility, VisibilityText>> = {
  private: { name: 'Private', icon: IconLock, meaning: 'Only you can see it.' },
  unlisted: {
    name: 'Unlisted',
    icon: IconLink,
    meaning: 'Anyone with the link can see it, without a key. It is not listed anywhere.',
  },
  public: {
    name: 'Public',
    icon: IconWorld,
    meaning: 'Anyone who can reach the local server can see it, without a key.',
  },
}

/** From the closest to the most open. */
export const VISIBILITIES = ['private', 'unlisted', 'public'] as const satisfies readonly Visibility[]
