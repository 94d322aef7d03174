import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type ApiKey, listApiKeys } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { KeyRow } from './KeyRow.tsx'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { Problem } from './Problem.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import classes from './ApiKeys.module.css'
import section from './Section.module.css'

/** Who may use the local server: one key for each person or program. */
export function ApiKeys() {
  const { data, error, refetch } = useEngine('keys', listApiKeys, { includeInactive: true })
  const [making, setMaking] = useState(false)
  const [withdrawing, setWithdrawing] = useState<ApiKey | null>(null)
  return (
    <>
      <div className={classes.head}>
        <p className={section.lead}>
          Every program that asks the local server shows a key. Give each its own: one can be switched off or withdrawn
          without the others.
        </p>
        <Button
          variant="default"
          className={classes.make}
          leftSection={<IconPlus size={16} stroke={1.75} />}
          onClick={() => setMaking(true)}
        >
          New key
        </Button>
      </div>
      {error && <Problem what="The keys" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={100} radius={8} />}
      {data?.keys.length === 0 && (
        <p className={classes.none}>No keys yet. Nobody can use the local server without one.</p>
      )}
      {data && data.keys.length > 0 && <KeyTable keys={data.keys} onWithdraw={setWithdrawing} />}
      <NewKeyDialog opened={making} onClose={() => setMaking(false)} />
      <WithdrawDialog apiKey={withdrawing} onClose={() => setWithdrawing(null)} />
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
            <th scope="col">Person</th>
            <th scope="col">May</th>
            <th scope="col">Last used</th>
            <th scope="col">On</th>
            <th scope="col">
              <span className={classes.hidden}>Withdraw</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.keyId} apiKey={key} onWithdraw={() => onWithdraw(key)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
