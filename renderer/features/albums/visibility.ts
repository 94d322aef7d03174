import { IconLink, IconLock, IconWorld, type TablerIcon } from '@tabler/icons-react'
import type { Visibility } from '../../../main/contract/index.ts'

interface VisibilityWords {
  readonly name: string
  readonly icon: TablerIcon
  /** What it means, in a sentence. */
  readonly meaning: string
}

export const VISIBILITY: Readonly<Record<Visibility, VisibilityWords>> = {
  private: { name: 'Private', icon: IconLock, meaning: 'Only you. Nobody else gets in, link or not.' },
  unlisted: {
    name: 'Unlisted',
    icon: IconLink,
    meaning: 'Whoever has the link, without an account or a key. It is listed nowhere.',
  },
  public: {
    name: 'Public',
    icon: IconWorld,
    meaning: 'Everybody who reaches the local server, without an account or a key.',
  },
}

/** From the closest to the most open. */
export const VISIBILITIES = ['private', 'unlisted', 'public'] as const satisfies readonly Visibility[]
