import { Skeleton } from '@mantine/core'
import { CopyText } from '../../shared/ui/CopyText.tsx'
import { Problem } from './Problem.tsx'
import { SettingRow } from './SettingRow.tsx'
import { useSystem } from './useSystem.ts'
import classes from './Section.module.css'

/** What runs here: Fieldreel, the ffmpeg it uses, and under which licences. */
export function About() {
  const { data, error, refetch } = useSystem()
  if (error) return <Problem what="The version" error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton h={140} radius={8} />
  const { path, version, source, warning } = data.ffmpeg
  return (
    <>
      <SettingRow name="Fieldreel">
        <span className={classes.value}>Version {data.version}</span>
      </SettingRow>
      {path === null ? (
        <SettingRow
          name="ffmpeg"
          hint="Videos cannot be read without it. Install ffmpeg, or set FFMPEG_BIN and FFPROBE_BIN."
        >
          <span className={classes.value}>Not found</span>
        </SettingRow>
      ) : (
        <SettingRow
          name="ffmpeg"
          hint={[[version && `Version ${version}`, source && ORIGINS[source]].filter(Boolean).join(', '), warning]
            .filter(Boolean)
            .join('. ')}
        >
          <CopyText text={path} what="path of ffmpeg" />
        </SettingRow>
      )}
      <SettingRow
        name="Licence"
        hint="Third-party software and its licences are listed in THIRD_PARTY_NOTICES.md beside the program."
      >
        <span className={classes.value}>MIT</span>
      </SettingRow>
    </>
  )
}

/** Where the ffmpeg in use was found, in words. */
const ORIGINS: Readonly<Record<string, string>> = {
  setting: 'set by FFMPEG_BIN',
  system: 'installed on this computer',
  'ffmpeg-static': 'bundled with Fieldreel',
  npm: 'bundled with Fieldreel',
}
