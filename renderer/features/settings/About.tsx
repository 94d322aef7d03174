import { CopyText } from '../../shared/ui/CopyText.tsx'
import { Loaded } from '../../shared/settings/Loaded.tsx'
import { SettingRow } from '../../shared/settings/SettingRow.tsx'
import { useSystem } from '../../shared/settings/useSystem.ts'
import section from '../../shared/settings/section.module.css'

/** Where the ffmpeg in use was found. */
const ORIGINS: Readonly<Record<string, string>> = {
  setting: 'set by FFMPEG_BIN',
  system: 'installed on this computer',
  'ffmpeg-static': 'bundled with Fieldreel',
  npm: 'bundled with Fieldreel',
}

/** The versions of Fieldreel and ffmpeg, and the licences. */
export function About() {
  return (
    <Loaded query={useSystem()} what="The version" height={140}>
      {({ version: ownVersion, ffmpeg: { path, version, source, warning } }) => {
        const facts = [version && `Version ${version}`, source && ORIGINS[source]].filter(Boolean).join(', ')
        return (
          <>
            <SettingRow name="Fieldreel">
              <span className={section.value}>Version {ownVersion}</span>
            </SettingRow>
            <SettingRow
              name="ffmpeg"
              hint={
                path === null
                  ? 'Videos cannot be read without it. Install ffmpeg, or set FFMPEG_BIN and FFPROBE_BIN.'
                  : [facts, warning].filter(Boolean).join('. ')
              }
            >
              {path === null ? (
                <span className={section.value}>Not found</span>
              ) : (
                <CopyText text={path} what="path of ffmpeg" />
              )}
            </SettingRow>
            <SettingRow
              name="Licence"
              hint="Third-party software and its licences are listed in THIRD_PARTY_NOTICES.md beside the program."
            >
              <span className={section.value}>MIT</span>
            </SettingRow>
          </>
        )
      }}
    </Loaded>
  )
}
