import { IconMovie } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './Thumb.module.css'

/** The small picture of a row; an icon while there is none or it cannot be loaded. */
export function Thumb({ url }: { url: string | undefined }) {
  const [failed, setFailed] = useState<string>()
  return (
    <div className={classes.thumb}>
      {url !== undefined && url !== failed ? (
        <img src={url} alt="" draggable={false} loading="lazy" onError={() => setFailed(url)} />
      ) : (
        <IconMovie size={18} stroke={1.75} aria-hidden />
      )}
    </div>
  )
}
