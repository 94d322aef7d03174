import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import type { AuditEvent } from '../../../main/contract/index.ts'
import { saveText } from '../../shared/files/save.ts'
import { dateTime } from '../../shared/format/time.ts'
import { Loaded } from '../../shared/settings/Loaded.tsx'
import { SectionHead } from '../../shared/settings/SectionHead.tsx'
import { ShowMore } from '../../shared/ui/ShowMore.tsx'
import { toastError } from '../../shared/ui/toast.tsx'
import { actorOf, auditText } from './audit-text.ts'
import { auditAsLines, useAudit } from './useAudit.ts'
import classes from './Activity.module.css'
import section from '../../shared/settings/section.module.css'

/** The audit log: who did what. */
export function Activity() {
  const audit = useAudit()
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit
  return (
    <>
      <SectionHead action={<SaveLines disabled={!audit.data?.length} />}>
        Keys created and revoked, deletions, sharing, exports, changed settings and failed sign-ins. Keys and links
        themselves are never recorded.
      </SectionHead>
      <Loaded query={audit} what="The audit log" height={240}>
        {(events) =>
          events.length === 0 ? (
            <p className={section.none}>
              No activity yet. Creating a key, sharing an album or changing a setting is recorded here.
            </p>
          ) : (
            <ul className={section.list} aria-label="Audit log">
              {events.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {hasNextPage && <ShowMore rest={null} isPending={isFetchingNextPage} onClick={() => void fetchNextPage()} />}
    </>
  )
}

function EventRow({ event }: { event: AuditEvent }) {
  const { text, note, tone } = auditText(event)
  return (
    <li className={classes.event} data-tone={tone}>
      <time dateTime={event.at} className={section.small}>
        {dateTime(event.at)}
      </time>
      <div className={classes.what}>
        <span className={classes.text}>
          {tone !== 'done' && <IconAlertTriangle size={14} stroke={1.75} aria-hidden />}
          {text}
        </span>
        {note !== '' && <span className={classes.note}>{note}</span>}
      </div>
      <span className={section.small}>{actorOf(event)}</span>
    </li>
  )
}

function SaveLines({ disabled }: { disabled: boolean }) {
  const save = useMutation({
    mutationFn: auditAsLines,
    onSuccess: (lines) => {
      const day = new Date().toISOString().slice(0, 10)
      saveText(`fieldreel audit ${day}.jsonl`, 'application/x-ndjson', lines)
    },
    onError: (error) => toastError(`The audit log was not saved. ${error.message}`),
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.75} />}
      disabled={disabled || save.isPending}
      onClick={() => save.mutate()}
    >
      Save as JSON lines
    </Button>
  )
}
