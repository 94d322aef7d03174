import { Button } from '@mantine/core'
import { IconAlbumOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { getAlbum } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { LoadError } from '../../../shared/ui/LoadError.tsx'
import { Notice } from '../../../shared/ui/Notice.tsx'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { ALBUMS_PATH } from '../paths.ts'
import { LoadingAlbum } from './LoadingAlbum.tsx'
import { OpenAlbum } from './OpenAlbum.tsx'

/** The page of one album. */
export function AlbumPage({ albumId }: { albumId: string }) {
  const { data: album, error, refetch } = useEngine('albums', getAlbum, { albumId })
  if (album && error?.code !== 'not_found') return <OpenAlbum album={album} />
  return (
    <>
      <TopBar title={<Crumbs path={ALBUMS_PATH} name="Albums" />} />
      {!error && <LoadingAlbum />}
      {error?.code === 'not_found' && (
        <Notice icon={IconAlbumOff} title="Album not found" action={<BackToAlbums />}>
          It was deleted. A deletion can be undone for 10 minutes.
        </Notice>
      )}
      {error && error.code !== 'not_found' && (
        <LoadError title="The album could not be loaded" error={error} onRetry={refetch}>
          Nothing in it is lost.
        </LoadError>
      )}
    </>
  )
}

function BackToAlbums() {
  return (
    <Button component={Link} href={ALBUMS_PATH} variant="default">
      Back to albums
    </Button>
  )
}
