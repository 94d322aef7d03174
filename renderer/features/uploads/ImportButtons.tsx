import { Button, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlayFilled, IconRefresh, IconX } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Import } from '../../../main/contract/index.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { IconButton } from '../../shared/ui/IconButton.tsx'
import type { ImportState } from './import-state.ts'
import { QueueMenu } from './QueueMenu.tsx'
import type { ImportActions } from './useImportActions.ts'
import type { ImportOrder } from './useImportOrder.ts'
import classes from './ImportRow.module.css'

interface ImportButtonsProps {
  import: Import
  state: ImportState
  actions: ImportActions
  order: ImportOrder
}

/** What can be done about a file where it stands. */
export function ImportButtons(props: ImportButtonsProps) {
  return <div className={classes.buttons}>{buttonsOf(props)}</div>
}

function buttonsOf({ import: one, state, actions, order }: ImportButtonsProps) {
  const cancel = <IconButton icon={IconX} name={`Cancel ${one.filename}`} onClick={() => void actions.cancel(one)} />
  switch (state.stage) {
    case 'waiting':
    case 'blocked':
      return (
        <>
          <Pause import={one} actions={actions} />
          <QueueMenu import={one} order={order} />
          {cancel}
        </>
      )
    case 'paused':
      return (
        <>
          <Resume import={one} actions={actions} />
          <QueueMenu import={one} order={order} />
          {cancel}
        </>
      )
    case 'uploading':
    case 'checking':
      return (
        <>
          <Pause import={one} actions={actions} />
          {cancel}
        </>
      )
    case 'failed':
      return <FailedButtons import={one} actions={actions} />
    case 'cancelled':
    case 'gone':
    case 'here':
      return <Quiet onClick={() => void actions.dismiss(one)}>Dismiss</Quiet>
    case 'stuck':
      return (
        <>
          <Retry onClick={() => void (state.jobId && actions.retryJob(state.jobId))} />
          <Open videoId={one.mediaId} />
        </>
      )
    case 'copied':
    case 'working':
    case 'ready':
      return <Open videoId={one.mediaId} />
  }
}

type ActingProps = Pick<ImportButtonsProps, 'import' | 'actions'>

function Pause({ import: one, actions }: ActingProps) {
  return <IconButton icon={IconPlayerPause} name={`Pause ${one.filename}`} onClick={() => void actions.pause(one)} />
}

function Resume({ import: one, actions }: ActingProps) {
  return (
    <Tooltip label={`Resume ${one.filename}`}>
      <Button
        variant="default"
        h={26}
        className={classes.resume}
        leftSection={<IconPlayerPlayFilled size={12} />}
        aria-label={`Resume ${one.filename}`}
        onClick={() => void actions.resume(one)}
      >
        Resume
      </Button>
    </Tooltip>
  )
}

function FailedButtons({ import: one, actions }: ActingProps) {
  const remove = () => void actions.remove(one)
  if (one.errorCode === 'truncated_video') {
    return (
      <>
        <Button variant="default" h={26} onClick={() => void actions.keepTruncated(one)}>
          Keep
        </Button>
        <Quiet onClick={remove}>Remove</Quiet>
      </>
    )
  }
  // What is no video will be none at the next try.
  if (one.errorCode === 'invalid_video') return <Quiet onClick={remove}>Remove</Quiet>
  return (
    <>
      <Retry onClick={() => void actions.retry(one)} />
      <IconButton icon={IconX} name={`Remove ${one.filename}`} onClick={remove} />
    </>
  )
}

function Retry({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" h={26} leftSection={<IconRefresh size={14} stroke={1.75} />} onClick={onClick}>
      Retry
    </Button>
  )
}

function Open({ videoId }: { videoId: string | null }) {
  if (videoId === null) return null
  return (
    <Button component={Link} href={videoPath(videoId)} variant="subtle" color="gray" h={26}>
      Open
    </Button>
  )
}

function Quiet({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" h={26} onClick={onClick}>
      {children}
    </Button>
  )
}
