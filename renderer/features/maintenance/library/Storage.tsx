import { size } from '../../../shared/format/size.ts'
import { Loaded } from '../../../shared/settings/Loaded.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { useSystem } from '../../../shared/settings/useSystem.ts'
import { CopyText } from '../../../shared/ui/CopyText.tsx'
import section from '../../../shared/settings/section.module.css'

/** Where the library is, and the space it takes. */
export function Storage() {
  return (
    <Loaded query={useSystem()} what="The storage" height={140}>
      {({ dataFolder, disk }) => (
        <>
          <SettingRow
            name="Data folder"
            hint={
              <>
                Videos, pictures and the database. To move it, close Fieldreel, move the whole folder, and start
                Fieldreel with <code className={section.code}>--data FOLDER</code>.
              </>
            }
          >
            <CopyText text={dataFolder} what="data folder" />
          </SettingRow>
          <SettingRow name="Used" hint="By this library. Identical videos are stored once.">
            <span className={section.value}>{size(disk.usedBytes)}</span>
          </SettingRow>
          <SettingRow name="Free" hint="On the disk of the data folder.">
            <span className={section.value}>{size(disk.freeBytes)}</span>
          </SettingRow>
        </>
      )}
    </Loaded>
  )
}
