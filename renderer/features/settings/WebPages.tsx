import { TagsInput } from '@mantine/core'
import { type ServerState, setServer } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { ErrorNote } from '../../shared/settings/ErrorNote.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'

/** ID-61: the web pages that may use the server with a key. */
export function WebPages({ server }: { server: ServerState }) {
  const act = useAct(setServer, 'server')
  return (
    <>
      <SettingRow
        name="Allow web pages"
        controlId="server-origins"
        hint="Addresses of websites whose pages may use the server with a key, such as https://reel.example.com. Press Enter after each."
      >
        <TagsInput
          id="server-origins"
          w={300}
          placeholder={server.allowedOrigins.length === 0 ? 'None' : ''}
          value={server.allowedOrigins}
          disabled={act.isPending}
          onChange={(allowedOrigins) => act.mutate({ running: server.running, allowedOrigins })}
        />
      </SettingRow>
      <ErrorNote message={act.error?.message ?? null} />
    </>
  )
}
