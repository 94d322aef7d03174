import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { addToAlbum, createWith } from '../actions.ts'
import { amountOf } from '../album-text.ts'
import { Cover } from '../Cover.tsx'
import { albumsNamed } from '../list/albums-named.ts'
import { useAlbums } from '../list/useAlbums.ts'
import { type Media, namedMedia } from '../../../shared/media/media.ts'
import { closePicker, usePicker } from './picker-state.ts'
import classes from './AlbumPicker.module.css'

/** The option that makes an album; every other one is the id of an album. */
const NEW = 'new'

/** Asks which album to put something into, or a name for a new one. */
export function AlbumPicker() {
  const media = usePicker((picker) => picker.media)
  return (
    <Modal opened={media !== null} onClose={closePicker} title={media && `Add ${namedMedia(media)} to an album`}>
      {media && <Choice media={media} />}
    </Modal>
  )
}

function Choice({ media }: { media: readonly Media[] }) {
  const { data: albums, error } = useAlbums()
  const [query, setQuery] = useState('')
  const combobox = useCombobox({ opened: true })
  const found = albumsNamed(albums ?? [], query)
  const name = query.trim()
  // Enter takes the first one: an album that has these words in its name before one that is yet to be made.
  useEffect(() => {
    combobox.selectFirstOption()
  }, [combobox, query, found.length])
  const submit = (value: string): void => {
    closePicker()
    const album = found.find(({ albumId }) => albumId === value)
    if (album) void addToAlbum(album, media)
    else void createWith(name || 'New album', media)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          aria-label="Album"
          placeholder="Search, or name a new album"
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={query}
          maxLength={255}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.options} aria-label="Albums">
        {found.map((album) => (
          <AlbumOption key={album.albumId} album={album} />
        ))}
        <Combobox.Option value={NEW} className={classes.option}>
          <span className={classes.icon}>
            <IconPlus size={18} stroke={1.75} aria-hidden />
          </span>
          <span className={classes.title}>{name ? `New album “${name}”` : 'New album'}</span>
        </Combobox.Option>
        {error && <div className={classes.note}>The albums could not be loaded. {error.message}</div>}
      </Combobox.Options>
    </Combobox>
  )
}

function AlbumOption({ album }: { album: AlbumSummary }) {
  return (
    <Combobox.Option value={album.albumId} className={classes.option}>
      <Cover album={album} most={1} className={classes.cover} />
      <span className={classes.title}>{album.title}</span>
      <span className={classes.facts}>{amountOf(album)}</span>
    </Combobox.Option>
  )
}
