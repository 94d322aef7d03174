import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { updateVideo, type Video } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { useVisit } from './view.ts'

function close(): void {
  useVisit.setState({ renaming: null })
}

/** Asks for a new title; the file keeps its name. */
export function RenameDialog() {
  const video = useVisit((visit) => visit.renaming)
  return (
    <Modal opened={video !== null} onClose={close} title="Rename">
      {video && <RenameForm key={video.videoId} video={video} />}
    </Modal>
  )
}

function RenameForm({ video }: { video: Video }) {
  const [title, setTitle] = useState(video.title)
  const update = useAct(updateVideo, 'videos')
  const save = (event: SubmitEvent): void => {
    event.preventDefault()
    update.mutate({ videoId: video.videoId, title }, { onSuccess: close })
  }
  return (
    <form onSubmit={save}>
      <TextInput
        data-autofocus
        label="Title"
        descriptionProps={{ fz: 12 }}
        description={`The file keeps its name, ${video.filename}.`}
        value={title}
        maxLength={255}
        error={update.error?.message}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" disabled={title.trim() === ''} loading={update.isPending}>
          Rename
        </Button>
      </Group>
    </form>
  )
}
