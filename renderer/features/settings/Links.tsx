import { Button, Group, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { revokeLink } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { ErrorNote } from '../../shared/settings/ErrorNote.tsx'
import { SectionHead } from '../../shared/settings/SectionHead.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ReplaceSecretsDialog } from './ReplaceSecretsDialog.tsx'

/** Signed links: each lets whoever has it read one thing, without a key. */
export function Links() {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <SectionHead>
        The local server creates links to a video, a picture or a part of an upload that work without a key. They expire
        on their own; here you can revoke them earlier.
      </SectionHead>
      <Revoke />
      <SettingRow
        name="Replace link secrets"
        hint="Use this when you do not know which links exist. All existing links stop working at once; videos, albums and API keys stay."
      >
        <Button variant="default" onClick={() => setAsking(true)}>
          Replace secrets…
        </Button>
      </SettingRow>
      <ReplaceSecretsDialog opened={asking} onClose={() => setAsking(false)} />
    </>
  )
}

function Revoke() {
  const [url, setUrl] = useState('')
  const revoke = useAct(revokeLink)
  const trimmed = url.trim()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (trimmed === '') return
    const onSuccess = (): void => {
      setUrl('')
      toastDone('Revoked the link. It no longer works.')
    }
    revoke.mutate({ url: trimmed }, { onSuccess })
  }
  return (
    <>
      <SettingRow name="Revoke a link" controlId="revoke-link" hint="Paste the whole link. Other links keep working.">
        <Group component="form" gap={8} wrap="nowrap" w={400} maw="100%" onSubmit={submit}>
          <TextInput
            id="revoke-link"
            flex={1}
            placeholder="http://127.0.0.1:8787/api/v2/videos/…"
            value={url}
            maxLength={8192}
            spellCheck={false}
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => {
              revoke.reset()
              setUrl(value)
            }}
          />
          <Button type="submit" variant="default" disabled={trimmed === '' || revoke.isPending}>
            Revoke
          </Button>
        </Group>
      </SettingRow>
      <ErrorNote message={revoke.error?.message} />
    </>
  )
}
