import { Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { type ServerState, setServer } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { ErrorNote } from '../../shared/settings/ErrorNote.tsx'
import { CopyText } from '../../shared/ui/CopyText.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { NetworkDialog } from './NetworkDialog.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'
import { networkHint } from './server-address.ts'

/** Encrypted access for other computers: off until it is switched on in a dialog that explains it. */
export function NetworkAccess({ server }: { server: ServerState }) {
  const act = useAct(setServer, 'server')
  const [asking, setAsking] = useState(false)
  const { network } = server
  const set = (on: boolean): void => act.mutate({ running: server.running, network: on })
  return (
    <>
      <SettingRow
        name="Allow other computers"
        controlId="server-network"
        hint={networkHint(server, act.isPending ? act.variables.network : undefined)}
      >
        <Switch
          id="server-network"
          checked={server.running && network.running}
          disabled={!server.running || act.isPending}
          onChange={({ currentTarget: { checked } }) => (checked ? setAsking(true) : set(false))}
        />
      </SettingRow>
      <ErrorNote message={act.error?.message ?? network.errorMessage} />
      {network.running && <Addresses urls={network.urls} fingerprint={network.fingerprint} />}
      <NetworkDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          set(true)
        }}
      />
    </>
  )
}

function Addresses({ urls, fingerprint }: { urls: readonly string[]; fingerprint: string | null }) {
  return (
    <>
      <SettingRow
        name={urls.length > 1 ? 'Network addresses' : 'Network address'}
        hint={
          urls.length > 0
            ? 'For other computers. They also need a key.'
            : 'This computer is not connected to a network.'
        }
      >
        <Stack gap={0} align="flex-end" miw={0}>
          {urls.map((url) => (
            <CopyText key={url} text={url} what={`network address ${new URL(url).hostname}`} />
          ))}
        </Stack>
      </SettingRow>
      {fingerprint && (
        <SettingRow
          name="Fingerprint"
          hint="SHA-256 of the certificate. Compare it with the one that another computer shows on its first visit."
        >
          <Fingerprint fingerprint={fingerprint} />
        </SettingRow>
      )}
    </>
  )
}
