import type { Feature } from '../../shared/registry/feature.ts'
import { LibraryBanner } from './LibraryBanner.tsx'
import { StorageNotice } from './StorageNotice.tsx'
import { useRebuildOutcome } from './useRebuildOutcome.ts'

export const maintenance: Feature = {
  settings: async () => [
    {
      id: 'library',
      name: 'Library',
      order: 80,
      Content: (await import('./library/LibrarySection.tsx')).LibrarySection,
    },
  ],
  WindowBanner: StorageNotice,
  LibraryBanner,
  Root: function RebuildOutcome() {
    useRebuildOutcome()
    return null
  },
}
