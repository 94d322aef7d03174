import { Modal, Skeleton } from '@mantine/core'
import { type Album, createAlbum, getAlbum, updateAlbum } from '../../../../main/contract/index.ts'
import { useAct, useEngine } from '../../../shared/engine/queries.ts'
import { openAlbum } from '../actions.ts'
import { ShareSheet } from '../share/ShareSheet.tsx'
import { AlbumForm } from './AlbumForm.tsx'
import { closeDialog, useDialog } from './dialog.ts'

const TITLES = { new: 'New album', edit: 'Title and description', share: 'Share album' } as const

/** The dialogs about an album: to make one, to say what it is about, to share it. */
export function AlbumDialogs() {
  const open = useDialog((dialog) => dialog.open)
  return (
    <Modal opened={open !== null} onClose={closeDialog} title={open && TITLES[open.kind]}>
      {open?.kind === 'new' && <NewAlbum />}
      {(open?.kind === 'edit' || open?.kind === 'share') && <OfAlbum albumId={open.albumId} kind={open.kind} />}
    </Modal>
  )
}

function NewAlbum() {
  const create = useAct(createAlbum, 'albums')
  return (
    <AlbumForm
      album={null}
      verb="Create"
      pending={create.isPending}
      error={create.error}
      onSubmit={({ title, description }) =>
        create.mutate(
          { title, description },
          {
            onSuccess: (album) => {
              closeDialog()
              openAlbum(album)
            },
          },
        )
      }
    />
  )
}

function OfAlbum({ albumId, kind }: { albumId: string; kind: 'edit' | 'share' }) {
  const { data: album, error } = useEngine('albums', getAlbum, { albumId })
  if (error && !album)
    return (
      <p role="alert" style={{ marginBlock: '1em' }}>
        The album could not be loaded. {error.message}
      </p>
    )
  if (!album) return <Skeleton h={220} radius={8} />
  return kind === 'edit' ? <EditAlbum album={album} /> : <ShareSheet album={album} />
}

function EditAlbum({ album }: { album: Album }) {
  const update = useAct(updateAlbum, 'albums')
  return (
    <AlbumForm
      album={album}
      verb="Save"
      pending={update.isPending}
      error={update.error}
      onSubmit={(facts) => update.mutate({ albumId: album.albumId, ...facts }, { onSuccess: closeDialog })}
    />
  )
}
