import { IconLayoutGrid, IconMovie } from '@tabler/icons-react'
import { useDebouncedValue } from '@mantine/hooks'
import { navigate } from 'wouter/use-hash-location'
import { listVideos } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { clock } from '../../shared/format/time.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import type { Feature } from '../../shared/registry/feature.ts'
import { LibraryPage } from './LibraryPage.tsx'

const MOST_HITS = 8

export const library: Feature = {
  // Not loaded later like the others: it is what a start shows.
  routes: [{ path: '/', Page: LibraryPage }],
  rail: {
    path: '/',
    name: 'Library',
    icon: IconLayoutGrid,
    parentOf: '/videos/',
    useNote: () => {
      const { data } = useEngine('videos', listVideos, { limit: 1 })
      return data && data.total > 0 ? data.total.toLocaleString('en-GB') : undefined
    },
  },
  /** The videos that the typed words name; with nothing typed, the newest. */
  useSearch: (query, opened) => {
    const [search] = useDebouncedValue(query.trim(), 120)
    const input = { search, limit: MOST_HITS }
    const { data } = useEngine('videos', listVideos, input, { enabled: opened, keepPrevious: true })
    const hits = (data?.videos ?? []).map(({ videoId, title, metadata: { durationSeconds }, sceneCount }) => ({
      id: videoId,
      title,
      icon: IconMovie,
      facts: [durationSeconds !== null && clock(durationSeconds), count(sceneCount, 'scene')]
        .filter(Boolean)
        .join(', '),
      open: () => navigate(videoPath(videoId)),
    }))
    return { name: 'Videos', hits }
  },
  shortcuts: [
    {
      name: 'Library and uploads',
      shortcuts: [
        { does: 'Add files', keys: [['Mod', 'O']] },
        { does: 'Search', keys: [['/'], ['Mod', 'F']] },
        { does: 'Move', keys: [['←'], ['→'], ['↑'], ['↓']] },
        { does: 'Select', keys: [['Space']] },
        { does: 'Select all', keys: [['Mod', 'A']] },
        { does: 'Clear the selection', keys: [['Esc']] },
        { does: 'Open', keys: [['Enter']] },
        { does: 'Rename', keys: [['F2']] },
        { does: 'Delete', keys: [['Delete']] },
        { does: 'Undo', keys: [['Mod', 'Z']] },
        { does: 'Details', keys: [['D']] },
        { does: 'Add to an album', keys: [['Shift', 'A']] },
      ],
    },
  ],
}
