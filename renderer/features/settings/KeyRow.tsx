import { Button } from '@mantine/core'
import clsx from 'clsx'
import type { ApiKey } from '../../../main/contract/index.ts'
import { dateTime, longDate } from '../../shared/format/time.ts'
import { isExpired, scopesText, usesText } from './api-key.ts'
import { KeyName } from './KeyName.tsx'
import { KeySwitch } from './KeySwitch.tsx'
import classes from './ApiKeys.module.css'

interface KeyRowProps {
  apiKey: ApiKey
  onRevoke: () => void
}

export function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { name, description, prefix, userName, scopes, expiresAt, lastUsedAt, usageCount, isActive } = apiKey
  return (
    <tr className={clsx(!isActive && classes.off)}>
      <td>
        <KeyName apiKey={apiKey} />
        {description !== null && <div className={classes.small}>{description}</div>}
        <div className={classes.prefix}>{prefix}…</div>
      </td>
      <td>{userName}</td>
      <td>
        <div>{scopesText(scopes)}</div>
        {expiresAt !== null && (
          <div className={clsx(classes.small, isExpired(apiKey) && classes.past)}>
            {isExpired(apiKey) ? `Expired on ${longDate(expiresAt)}` : `Expires on ${longDate(expiresAt)}`}
          </div>
        )}
      </td>
      <td>
        <div className={classes.when}>{lastUsedAt === null ? 'Never' : dateTime(lastUsedAt)}</div>
        {usageCount > 0 && <div className={classes.small}>{usesText(usageCount)}</div>}
      </td>
      <td>
        <KeySwitch apiKey={apiKey} />
      </td>
      <td>
        <Button variant="subtle" color="gray" h={26} aria-label={`Revoke key ${name}`} onClick={onRevoke}>
          {' '}
          Revoke{' '}
        </Button>
      </td>
    </tr>
  )
}
