import { updateVideo, type Video } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { EditableName } from '../../shared/ui/EditableName.tsx'
import { toastError } from '../../shared/ui/toast.tsx'
import classes from './EditableTitle.module.css'

/** The title of a video, to be changed where it stands. */
export function EditableTitle({ video }: { video: Video }) {
  const update = useAct(updateVideo, 'videos')
  const rename = (title: string): void =>
    update.mutate(
      { videoId: video.videoId, title },
      { onError: ({ message }) => toastError(`The title was not changed. ${message}`) },
    )
  return (
    <EditableName
      name={(update.isPending ? update.variables.title : undefined) ?? video.title}
      hint="Change the title"
      label="Title"
      className={classes.title}
      onRename={rename}
    />
  )
}
