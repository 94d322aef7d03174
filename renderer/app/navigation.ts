import { IconAlbum, IconChartBar, IconLayoutGrid, IconSubtask, IconUpload, type TablerIcon } from '@tabler/icons-react'
import { ALBUMS_PATH } from '../features/albums/paths.ts'

export interface Place {
  readonly path: string
  readonly name: string
  readonly icon: TablerIcon
}

/** What the rail leads to, from top to bottom. A new place is one line here and one route in App. */
export const PLACES: readonly Place[] = [
  { path: '/', name: 'Library', icon: IconLayoutGrid },
  { path: '/uploads', name: 'Uploads', icon: IconUpload },
  { path: '/tasks', name: 'Tasks', icon: IconSubtask },
  { path: ALBUMS_PATH, name: 'Albums', icon: IconAlbum },
  { path: '/analytics', name: 'Analytics', icon: IconChartBar },
]
