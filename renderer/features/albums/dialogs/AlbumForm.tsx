import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { AlbumSummary, EngineError } from '../../../../main/contract/index.ts'
import { closeDialog } from './dialog.ts'

export interface AlbumFacts {
  readonly title: string
  readonly description: string | null
  readonly coverUrl: string | null
}

interface AlbumFormProps {
  /** What it is called so far; null for one that is yet to be made. */
  album: Pick<AlbumSummary, keyof AlbumFacts> | null
  /** `Create`: what the button does. */
  verb: string
  pending: boolean
  error: EngineError | null
  onSubmit: (facts: AlbumFacts) => void
}

/** What an album is called and about, and which cover others see. */
export function AlbumForm({ album, verb, pending, error, onSubmit }: AlbumFormProps) {
  const [title, setTitle] = useState(album?.title ?? '')
  const [description, setDescription] = useState(album?.description ?? '')
  const [coverUrl, setCoverUrl] = useState(album?.coverUrl ?? '')
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onSubmit({ title: title.trim(), description: orNull(description), coverUrl: orNull(coverUrl) })
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label="Title"
        value={title}
        maxLength={255}
        error={error?.message}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Textarea
        mt="md"
        label="Description"
        description="Shown below the title, here and on the shared page."
        autosize
        minRows={2}
        maxRows={8}
        value={description}
        maxLength={10_000}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      {album && (
        <TextInput
          mt="md"
          label="Cover image URL"
          description="Shown on the shared page. If empty, the first item is the cover."
          placeholder="https://"
          type="url"
          value={coverUrl}
          maxLength={2048}
          onChange={({ currentTarget }) => setCoverUrl(currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={closeDialog}>
          Cancel
        </Button>
        <Button type="submit" disabled={title.trim() === ''} loading={pending}>
          {verb}
        </Button>
      </Group>
    </form>
  )
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
