import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useClipboard } from '@mantine/hooks'
import type { Video } from '../../../main/contract/index.ts'
import { pictureLine, sizeLine, soundLine } from '../../shared/format/media.ts'
import { dateTime } from '../../shared/format/time.ts'
import classes from './VideoFacts.module.css'

/** What is known about the file. */
export function VideoFacts({ video }: { video: Video }) {
  const { metadata } = video
  const facts: [string, string][] = [
    ['Scenes', video.sceneCount === 0 ? 'Not found yet' : video.sceneCount.toLocaleString('en-GB')],
    ...(metadata.recordedAt === null ? [] : [['Recorded', dateTime(metadata.recordedAt)] as [string, string]]),
    ['Video', pictureLine(metadata)],
    ['Sound', soundLine(metadata)],
    ['Size', sizeLine(video.sizeBytes, metadata.bitrateKbps)],
    ['Added', dateTime(video.createdAt)],
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
      <div>
        <dt>SHA-256</dt>
        <dd className={classes.hash}>
          <code title={video.sha256}>{`${video.sha256.slice(0, 8)}…${video.sha256.slice(-4)}`}</code>
          <CopyButton text={video.sha256} />
        </dd>
      </div>
    </dl>
  )
}

function CopyButton({ text }: { text: string }) {
  const { copy, copied, error } = useClipboard({ timeout: 2000 })
  const label = error ? 'Could not copy' : copied ? 'Copied' : 'Copy the checksum'
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} aria-label={label} onClick={() => copy(text)}>
        {copied ? <IconCheck size={14} stroke={1.75} /> : <IconCopy size={14} stroke={1.75} />}
      </ActionIcon>
    </Tooltip>
  )
}
