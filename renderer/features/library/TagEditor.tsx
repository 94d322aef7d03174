import { IconPlus, IconX } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { updateVideo, type Video } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import { tagProblem } from './tag-rules.ts'
import classes from './TagEditor.module.css'

/** The video's tags: each can be taken off, and new ones put on. */
export function TagEditor({ video: { videoId, tags } }: { video: Video }) {
  const update = useAct(updateVideo, 'videos')
  const change = (next: string[]): void =>
    update.mutate(
      { videoId, tags: next },
      { onError: ({ message }) => toastError(`Tags were not changed. ${message}`) },
    )
  const shown = update.isPending ? (update.variables.tags ?? tags) : tags
  return (
    <div className={classes.tags} role="group" aria-label="Tags">
      {shown.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            onClick={() => change(shown.filter((other) => other !== tag))}
          >
            <IconX size={12} stroke={1.75} />
          </button>
        </span>
      ))}
      <NewTag tags={shown} add={(tag) => change([...shown, tag])} />
    </div>
  )
}

function NewTag({ tags, add }: { tags: readonly string[]; add: (tag: string) => void }) {
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const finish = (): void => {
    setText(null)
    setProblem(null)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') finish()
    if (event.key !== 'Enter' || text === null) return
    const found = tagProblem(text, tags)
    setProblem(found)
    if (found) return
    add(text.trim())
    setText('')
  }
  if (text === null) {
    return (
      <button type="button" className={classes.new} onClick={() => setText('')}>
        <IconPlus size={12} stroke={1.75} aria-hidden />
        {tags.length === 0 ? 'Add a tag' : 'Tag'}
      </button>
    )
  }
  return (
    <>
      <input
        className={classes.field}
        aria-label="New tag"
        aria-invalid={problem !== null}
        placeholder="Tag, then Enter"
        value={text}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
      />
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
