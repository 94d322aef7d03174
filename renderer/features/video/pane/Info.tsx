import { ActionIcon } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { longFacts } from '../facts.ts'
import { Hint } from '../../../shared/ui/Hint.tsx'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { useLoaded } from '../../../shared/registry/features.ts'
import { TagsEditor } from './TagsEditor.tsx'
import classes from './Info.module.css'

export function Info() {
  const { video } = useOpenVideo()
  const parts = useLoaded('videoPage')
  return (
    <div className={classes.info}>
      {parts.map(({ Info: Head }, index) => Head && <Head key={index} />)}
      <TagsEditor video={video} />
      <dl className={classes.facts}>
        {longFacts(video).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl className={classes.facts}>
        <div>
          <dt>File</dt>
          <dd>{video.filename}</dd>
        </div>
        <Copied name="SHA-256" value={video.sha256} />
        <Copied name="Id" value={video.videoId} />
      </dl>
    </div>
  )
}

/** A value too long to type, with a button that copies it. */
function Copied({ name, value }: { name: string; value: string }) {
  const clipboard = useClipboard({ timeout: 2000 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.copied}>
        <code>{value}</code>
        <Hint name={clipboard.copied ? 'Copied' : `Copy the ${name === 'Id' ? 'id' : name}`}>
          <ActionIcon size={26} aria-label={`Copy ${name}`} onClick={() => clipboard.copy(value)}>
            <Icon size={16} stroke={1.75} />
          </ActionIcon>
        </Hint>
      </dd>
    </div>
  )
}
