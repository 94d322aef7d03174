import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { z } from 'zod'
import type { createApiKey } from '../../../main/contract/index.ts'
import { expiryAfter, type Scope, SCOPES } from './api-key.ts'

const LIFETIMES = [
  { value: 'never', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In 1 year' },
]

interface NewKeyFormProps {
  onSubmit: (spec: z.input<typeof createApiKey.input>) => void
  onCancel: () => void
  pending: boolean
  problem: string | null
}

export function NewKeyForm({ onSubmit, onCancel, pending, problem }: NewKeyFormProps) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [userName, setUserName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['read', 'write'])
  const [lifetime, setLifetime] = useState('never')
  const ready = name.trim() !== '' && scopes.length > 0 && !pending
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!ready) return
    const person = userName.trim()
    const expiresAt = expiryAfter(lifetime === 'never' ? null : Number(lifetime))
    onSubmit({
      ...{ name: name.trim(), scopes, expiresAt },
      ...(description.trim() && { description: description.trim() }),
      ...(person && { userName: person }),
    })
  }
  return (
    <Stack component="form" gap={14} onSubmit={submit}>
      <TextInput
        label="Name"
        description="The program or person that uses this key."
        placeholder="Render script"
        maxLength={255}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Description"
        description="Optional: where it is kept, or whom to ask."
        maxLength={500}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <TextInput
        label="User"
        description="Owner of the uploads made with this key. Leave empty for yourself."
        maxLength={255}
        value={userName}
        onChange={({ currentTarget }) => setUserName(currentTarget.value)}
      />
      <Checkbox.Group
        label="Permissions"
        value={scopes}
        onChange={(values) => setScopes(SCOPES.map(({ value }) => value).filter((scope) => values.includes(scope)))}
        error={scopes.length === 0 && 'Choose at least one permission.'}
      >
        <Stack gap={8} mt={6}>
          {SCOPES.map(({ value, name: label, hint }) => (
            <Checkbox key={value} size="sm" value={value} label={`${label}: ${hint.toLowerCase()}`} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label="Expires"
        data={LIFETIMES}
        value={lifetime}
        allowDeselect={false}
        onChange={(value) => setLifetime(value ?? 'never')}
      />
      {problem && (
        <Text c="var(--fr-error)" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" disabled={!ready}>
          Create key
        </Button>
      </Group>
    </Stack>
  )
}
