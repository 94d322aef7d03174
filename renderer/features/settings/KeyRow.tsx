import { Button } from '@mantine/core'
import clsx from 'clsx'
import type { ApiKey } from '../../../main/contract/index.ts'
import { dateTime, longDate } from '../../shared/format/time.ts'
import { isExpired, scopesText } from './api-key.ts'
import classes from './ApiKeys.module.css'

interface KeyRowProps {
  apiKey: ApiKey
  onWithdraw: () => void
}

export function KeyRow({ apiKey, onWithdraw }: KeyRowProps) {
  const { name, prefix, userName, scopes, expiresAt, lastUsedAt } = apiKey
  return (
    <tr>
      <td>
        <div className={classes.name}>{name}</div>
        <div className={classes.prefix}>{prefix}…</div>
      </td>
      <td>{userName}</td>
      <td>
        <div>{scopesText(scopes)}</div>
        {expiresAt !== null && (
          <div className={clsx(classes.small, isExpired(apiKey) && classes.past)}>
            {isExpired(apiKey) ? `Ended on ${longDate(expiresAt)}` : `Until ${longDate(expiresAt)}`}
          </div>
        )}
      </td>
      <td>{lastUsedAt === null ? 'Never' : dateTime(lastUsedAt)}</td>
      <td>
        <Button variant="subtle" color="gray" h={26} aria-label={`Withdraw key ${name}`} onClick={onWithdraw}>
          Withdraw
        </Button>
      </td>
    </tr>
  )
}
