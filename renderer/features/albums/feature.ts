import { IconAlbum, IconFolderPlus } from '@tabler/icons-react'
import { lazy } from 'react'
import { navigate } from 'wouter/use-hash-location'
import { mediaOf } from '../../shared/media/media.ts'
import type { Feature } from '../../shared/registry/feature.ts'
import { openAlbum } from './actions.ts'
import { amountOf } from './album-text.ts'
import { newAlbum } from './dialogs/dialog.ts'
import { albumsNamed } from './list/albums-named.ts'
import { useAlbums } from './list/useAlbums.ts'
import { ALBUMS_PATH } from './paths.ts'
import { chooseAlbumFor } from './picker/picker-state.ts'
import { RailAlbums, useNewestAlbums } from './rail/RailAlbums.tsx'

const MOST_HITS = 4

export const albums: Feature = {
  routes: [
    { path: ALBUMS_PATH, Page: lazy(async () => ({ default: (await import('./list/AlbumsPage.tsx')).AlbumsPage })) },
    {
      path: `${ALBUMS_PATH}/:albumId`,
      Page: lazy(async () => ({ default: (await import('./page/AlbumPage.tsx')).AlbumPage })),
    },
  ],
  rail: {
    path: ALBUMS_PATH,
    name: 'Albums',
    icon: IconAlbum,
    useNote: () => {
      const { data } = useNewestAlbums()
      return data && data.total > 0 ? data.total.toLocaleString('en-GB') : undefined
    },
    // Where no album is in sight, too, as in a narrow rail: which one is asked then.
    onDrop: ({ media }) => chooseAlbumFor(media),
  },
  commands: [
    {
      id: 'album',
      name: 'New album',
      words: 'share collection slideshow create',
      icon: IconAlbum,
      run: () => {
        navigate(ALBUMS_PATH)
        newAlbum()
      },
    },
  ],
  useSearch: (query, opened) => {
    const { data = [] } = useAlbums({ enabled: opened })
    const found = query.trim() === '' ? [] : albumsNamed(data, query).slice(0, MOST_HITS)
    const hits = found.map((album) => ({
      id: album.albumId,
      title: album.title,
      icon: IconAlbum,
      facts: amountOf(album),
      open: () => openAlbum(album),
    }))
    return { name: 'Albums', hits }
  },
  videoActions: [
    {
      id: 'album',
      name: 'Add to album',
      icon: IconFolderPlus,
      key: { hotkey: 'shift+A', shown: 'Shift A' },
      many: true,
      asks: true,
      run: (videos) => chooseAlbumFor(videos.map(mediaOf)),
    },
  ],
  videoPage: async () => ({ BarActions: (await import('./picker/AddVideo.tsx')).AddVideo }),
  shortcuts: [
    {
      name: 'Albums',
      shortcuts: [
        { does: 'New album', keys: [['N']] },
        { does: 'Title, or caption', keys: [['F2']] },
        { does: 'Share', keys: [['S']] },
        { does: 'Play all', keys: [['P']] },
        { does: 'Play from the item', keys: [['Enter']] },
        { does: 'Add from the library', keys: [['A']] },
        {
          does: 'Move the item',
          keys: [
            ['Alt', '←'],
            ['Alt', '→'],
          ],
        },
        {
          does: 'To the start, the end',
          keys: [
            ['Alt', 'Home'],
            ['Alt', 'End'],
          ],
        },
        { does: 'Add to another album', keys: [['Shift', 'A']] },
        { does: 'Remove the item, the album', keys: [['Delete']] },
        { does: 'Undo', keys: [['Mod', 'Z']] },
      ],
    },
  ],
  RailSection: RailAlbums,
  Root: lazy(async () => ({ default: (await import('./picker/AlbumPicker.tsx')).AlbumPicker })),
}
