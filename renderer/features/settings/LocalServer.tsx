import { NumberInput, Switch } from '@mantine/core'
import { useState } from 'react'
import { getServer, type ServerState, setServer } from '../../../main/contract/index.ts'
import { useAct, useEngine } from '../../shared/engine/queries.ts'
import { ErrorNote } from '../../shared/settings/ErrorNote.tsx'
import { Loaded } from '../../shared/settings/Loaded.tsx'
import { SectionHead } from '../../shared/settings/SectionHead.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'
import { CopyText } from '../../shared/ui/CopyText.tsx'
import { NetworkAccess } from './NetworkAccess.tsx'
import { WebPages } from './WebPages.tsx'
import { docsUrl, isPort } from './server-address.ts'

/** The HTTP server of this library: whether it runs, and where. */
export function LocalServer() {
  return (
    <Loaded query={useEngine('server', getServer, {})} what="The server state" height={140}>
      {(server) => <ServerSettings server={server} />}
    </Loaded>
  )
}

function ServerSettings({ server }: { server: ServerState }) {
  const act = useAct(setServer, 'server')
  return (
    <>
      <SectionHead>
        Lets scripts and programs on this computer use the library over HTTP with an API key. It is off by default and
        serves this computer only (127.0.0.1) until you allow others. It provides the Aionvision API, /api/v2.
      </SectionHead>
      <SettingRow name="Run the local server" controlId="server-running" hint={stateOf(server, act.isPending)}>
        <Switch
          id="server-running"
          checked={server.running}
          disabled={act.isPending}
          onChange={({ currentTarget: { checked } }) => act.mutate({ running: checked })}
        />
      </SettingRow>
      <ErrorNote message={act.error?.message ?? server.errorMessage} />
      {/* What is typed is replaced when the engine's port changes. */}
      <PortSetting key={server.port} server={server} />
      {server.url && (
        <>
          <SettingRow name="Address">
            <CopyText text={server.url} what="address" />
          </SettingRow>
          <SettingRow name="Documentation" hint="Reference of all routes. Open it in a browser.">
            <CopyText text={docsUrl(server.url)} what="documentation address" />
          </SettingRow>
        </>
      )}
      <WebPages server={server} />
      <NetworkAccess server={server} />
    </>
  )
}

/** Applied when the field is left: a press on the switch above leaves it, too, and must not be lost. */
function PortSetting({ server }: { server: ServerState }) {
  const act = useAct(setServer, 'server')
  const [port, setPort] = useState<number | string>(server.port)
  const apply = (): void => {
    if (isPort(port) && port !== server.port) act.mutate({ running: server.running, port })
  }
  return (
    <SettingRow
      name="Port"
      controlId="server-port"
      hint="0 uses any free port. Changing the port restarts a running server; programs then need the new port."
    >
      <NumberInput
        id="server-port"
        w={110}
        min={0}
        max={65_535}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={port}
        error={!isPort(port) && 'From 0 to 65535'}
        onChange={setPort}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
    </SettingRow>
  )
}

function stateOf({ running, url }: ServerState, pending: boolean): string {
  if (pending) return running ? 'Stopping' : 'Starting'
  return running && url ? `Running on port ${new URL(url).port}` : 'Off'
}
