import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type ApiKey, listApiKeys } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { Loaded } from '../../shared/settings/Loaded.tsx'
import { SectionHead } from '../../shared/settings/SectionHead.tsx'
import { SettingTable } from '../../shared/settings/SettingTable.tsx'
import { KeyRow } from './KeyRow.tsx'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx'
import section from '../../shared/settings/section.module.css'

const COLUMNS = ['Name', 'User', 'Permissions', 'Last used', 'Active']

/** Who may use the local server: one key for each person or program. */
export function ApiKeys() {
  const query = useEngine('keys', listApiKeys, { includeInactive: true })
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const kept = ({ keys }: { keys: readonly ApiKey[] }) => keys.filter(({ revokedAt }) => revokedAt === null)
  return (
    <>
      <SectionHead
        action={
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={() => setCreating(true)}
          >
            New key
          </Button>
        }
      >
        Programs need an API key to use the local server. Give each program its own, so that you can switch off or
        revoke one without the others.
      </SectionHead>
      <Loaded query={query} what="The API keys" height={100}>
        {(found) =>
          kept(found).length === 0 ? (
            <p className={section.none}>No keys yet. Without a key nobody can use the local server.</p>
          ) : (
            <SettingTable columns={COLUMNS} actions="Revoke">
              {kept(found).map((key) => (
                <KeyRow key={key.keyId} apiKey={key} onRevoke={() => setRevoking(key)} />
              ))}
            </SettingTable>
          )
        }
      </Loaded>
      <NewKeyDialog opened={creating} onClose={() => setCreating(false)} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}
