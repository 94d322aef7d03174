import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { Tags, updateVideo, type Video } from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import classes from './Info.module.css'

/** The video's tags, kept at once; what cannot be one says why and is not taken. */
export function TagsEditor({ video: { videoId, tags } }: { video: Video }) {
  const update = useAct(updateVideo, 'videos')
  const [refused, setRefused] = useState<string | null>(null)
  const shown = update.isPending && update.variables.tags ? update.variables.tags : tags
  const keep = (next: string[]): void => {
    const parsed = Tags.safeParse(next)
    setRefused(parsed.success ? null : wordsOf(parsed.error.issues[0]?.code, parsed.error.issues[0]?.message))
    if (!parsed.success) return
    update.mutate({ videoId, tags: parsed.data }, { onError: ({ message }) => setRefused(message) })
  }
  return (
    <TagsInput
      className={classes.tags}
      label="Tags"
      placeholder={shown.length === 0 ? 'Add a tag, then Enter' : ''}
      size="sm"
      value={shown}
      onChange={keep}
      error={refused}
      acceptValueOnBlur
    />
  )
}

function wordsOf(code: string | undefined, message: string | undefined): string {
  if (code === 'too_big') return 'A tag has 50 characters at most, and a video 20 tags.'
  return message ?? 'This tag is not valid.'
}
