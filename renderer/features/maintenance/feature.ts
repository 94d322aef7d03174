import type { Feature } from '../../shared/registry/feature.ts'
import { LibraryBanner } from './LibraryBanner.tsx'
import { StorageNotice } from './StorageNotice.tsx'
import { useRebuildOutcome } from './useRebuildOutcome.ts'

export const maintenance: Feature = {
  WindowBanner: StorageNotice,
  LibraryBanner,
  Root: function RebuildOutcome() {
    useRebuildOutcome()
    return null
  },
}
