import { Skeleton } from '@mantine/core'
import { size } from '../../shared/format/size.ts'
import { CopyText } from '../../shared/ui/CopyText.tsx'
import { Problem } from './Problem.tsx'
import { SettingRow } from './SettingRow.tsx'
import { useSystem } from './useSystem.ts'
import classes from './Section.module.css'

/** Where the library lies, and the room it takes. */
export function Storage() {
  const { data, error, refetch } = useSystem()
  if (error) return <Problem what="The storage" error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton h={140} radius={8} />
  return (
    <>
      <SettingRow
        name="Data folder"
        hint={
          <>
            Videos, pictures and the database. To move it, close Fieldreel, move the whole folder, and start Fieldreel
            with <code className={classes.code}>--data FOLDER</code>.
          </>
        }
      >
        <CopyText text={data.dataFolder} what="data folder" />
      </SettingRow>
      <SettingRow name="Used" hint="By this library. Identical videos are stored once.">
        <span className={classes.value}>{size(data.disk.usedBytes)}</span>
      </SettingRow>
      <SettingRow name="Free" hint="On the disk of the data folder.">
        <span className={classes.value}>{size(data.disk.freeBytes)}</span>
      </SettingRow>
    </>
  )
}
