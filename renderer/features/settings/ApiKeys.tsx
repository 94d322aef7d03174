import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type ApiKey, listApiKeys } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { KeyRow } from './KeyRow.tsx'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { Problem } from './Problem.tsx'
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx'
import classes from './ApiKeys.module.css'
import section from './Section.module.css'

/** Who may use the local server: one key for each person or program. */
export function ApiKeys() {
  const { data, error, refetch } = useEngine('keys', listApiKeys, { includeInactive: true })
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <>
      <div className={classes.head}>
        <p className={section.lead}>
          Programs need an API key to use the local server. Give each program its own, so that you can switch off or
          revoke one without the others.
        </p>
        <Button
          variant="default"
          className={classes.make}
          leftSection={<IconPlus size={16} stroke={1.75} />}
          onClick={() => setCreating(true)}
        >
          New key
        </Button>
      </div>
      {error && <Problem what="The API keys" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={100} radius={8} />}
      {data?.keys.length === 0 && (
        <p className={classes.none}>No keys yet. Without a key nobody can use the local server.</p>
      )}
      {data && data.keys.length > 0 && <KeyTable keys={data.keys} onWithdraw={setRevoking} />}
      <NewKeyDialog opened={creating} onClose={() => setCreating(false)} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}

function KeyTable({ keys, onWithdraw }: { keys: readonly ApiKey[]; onWithdraw: (key: ApiKey) => void }) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">User</th>
            <th scope="col">Permissions</th>
            <th scope="col">Last used</th>
            <th scope="col">Active</th>
            <th scope="col">
              <span className={classes.hidden}>Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.keyId} apiKey={key} onRevoke={() => onWithdraw(key)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
