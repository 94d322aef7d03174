import { Button, Switch } from '@mantine/core'
import { type ApiKey, updateApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { dateTime, longDate } from '../../shared/format/time.ts'
import { EditableName } from '../../shared/ui/EditableName.tsx'
import { toastError } from '../../shared/ui/toast.tsx'
import { isExpired, scopesText } from './api-key.ts'
import classes from './ApiKeys.module.css'
import section from '../../shared/settings/section.module.css'

interface KeyRowProps {
  apiKey: ApiKey
  onRevoke: () => void
}

/** One key: its name and switch can be changed here. */
export function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { keyId, name, description, prefix, userName, scopes, expiresAt, lastUsedAt, usageCount, isActive } = apiKey
  const update = useAct(updateApiKey, 'keys')
  const pending = update.isPending ? update.variables : undefined
  const change = (to: { name?: string; isActive?: boolean }): void =>
    update.mutate({ keyId, ...to }, { onError: ({ message }) => toastError(`The key was not changed. ${message}`) })
  return (
    <tr data-off={!isActive || undefined} className={classes.key}>
      <td>
        <EditableName
          name={pending?.name ?? name}
          hint="Change the name"
          label="Name of the key"
          className={classes.name}
          onRename={(to) => change({ name: to })}
        />
        {description !== null && <div className={section.small}>{description}</div>}
        <div className={section.small}>
          <code className={section.code}>{prefix}…</code>
        </div>
      </td>
      <td>{userName}</td>
      <td>
        {scopesText(scopes)}
        {expiresAt !== null && (
          <div className={section.small} data-past={isExpired(apiKey) || undefined}>
            {isExpired(apiKey) ? 'Expired' : 'Expires'} on {longDate(expiresAt)}
          </div>
        )}
      </td>
      <td>
        <div className={classes.when}>{lastUsedAt === null ? 'Never' : dateTime(lastUsedAt)}</div>
        {usageCount > 0 && <div className={section.small}>{count(usageCount, 'request')}</div>}
      </td>
      <td>
        <Switch
          aria-label={`Key ${name} is active`}
          checked={pending?.isActive ?? isActive}
          disabled={update.isPending}
          onChange={({ currentTarget: { checked } }) => change({ isActive: checked })}
        />
      </td>
      <td>
        <Button variant="subtle" color="gray" h={26} aria-label={`Revoke key ${name}`} onClick={onRevoke}>
          Revoke
        </Button>
      </td>
    </tr>
  )
}
