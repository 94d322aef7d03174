import { Anchor, Textarea } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { TaskRequest } from '../../../../main/contract/index.ts'
import { toastDone, toastError } from '../../../shared/ui/toast.tsx'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import { type Problems, requestOf, useDraft } from './draft.ts'
import composer from './composer.module.css'
import classes from './JsonView.module.css'

/** The same request as a client would send it. What is typed here shows in the form as soon as it makes sense. */
export function JsonView({ request }: { request: TaskRequest }) {
  /** What is being typed; null while the form is what counts. */
  const [typed, setTyped] = useState<string | null>(null)
  const [problems, setProblems] = useState<Problems>(new Map())
  const text = typed ?? JSON.stringify(request, null, 2)
  const type = (to: string): void => {
    setTyped(to)
    const read = requestOf(to)
    setProblems('problems' in read ? read.problems : new Map())
    if ('request' in read) useDraft.setState({ request: read.request })
  }
  // Once it makes sense, the form and the text say the same again.
  const leave = (): void => {
    if (problems.size === 0) setTyped(null)
  }
  return (
    <section className={classes.json} aria-label="As JSON">
      <div className={composer.head}>
        <h2>As JSON</h2>
        <IconButton icon={IconCopy} name="Copy" label="Copy the JSON" onClick={() => void copy(text)} />
      </div>
      <p className={composer.hint}>
        The request body of <code>POST /v1/video/process</code>. Edits here update the form.
      </p>
      <Textarea
        className={classes.editor}
        classNames={{ input: classes.code, wrapper: classes.room }}
        aria-label="Request as JSON"
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onBlur={leave}
      />
      {problems.size > 0 && (
        <ul className={classes.problems} role="alert">
          {[...problems].map(([field, message]) => (
            <li key={field}>
              {field !== '' && <code>{field}</code>} {message}
            </li>
          ))}
          <li>
            The form still shows the last valid request.{' '}
            <Anchor
              component="button"
              fz={12}
              onClick={() => {
                setTyped(null)
                setProblems(new Map())
              }}
            >
              Discard edits
            </Anchor>
          </li>
        </ul>
      )}
    </section>
  )
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toastDone('Copied the request.')
  } catch {
    toastError('The request could not be copied. Select the text and copy it.')
  }
}
