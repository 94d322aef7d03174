import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { bridge } from '../../shared/engine/bridge.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { plain } from '../../shared/format/plain.ts'
import { type StorageText, storageText } from './storage-text.ts'
import { STORAGE_KEY, useStorage } from './useMaintenance.ts'
import classes from './StorageNotice.module.css'

/** How often it is asked whether the folder is back, in milliseconds. */
const ASK_MS = 2000

/** Across the top of the window while the library folder is not in its place. It goes by itself when it is back. */
export function StorageNotice() {
  const { data } = useStorage()
  const text = storageText(data?.storage ?? 'ok')
  return data && text && <Away text={text} folder={data.dataFolder} />
}

function Away({ text: { title, advice }, folder }: { text: StorageText; folder: string }) {
  useAsking()
  return (
    <div className={classes.notice} role="alert" data-platform={bridge.platform}>
      <IconPlugConnectedX size={18} stroke={1.75} aria-hidden />
      <div className={classes.text}>
        <strong>{title}</strong>
        <p>
          {advice} <span className={classes.folder}>{plain(folder)}</span>
        </p>
      </div>
    </div>
  )
}

/**
 * Asks again while the folder is missing: the engine checks only now and then. Answers meanwhile were made without the
 * library, so everything is asked again once it is back.
 */
function useAsking(): void {
  useEffect(() => {
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: STORAGE_KEY }), ASK_MS)
    return () => {
      clearInterval(timer)
      void queryClient.invalidateQueries()
    }
  }, [])
}
