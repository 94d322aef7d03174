import { getVideo, type Import, type Video } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { ROW_ATTRIBUTE } from '../../shared/list/useRovingRows.ts'
import { Thumb } from '../../shared/ui/Thumb.tsx'
import { ImportButtons } from './ImportButtons.tsx'
import { importFacts, importState } from './import-state.ts'
import { ImportStatus } from './ImportStatus.tsx'
import { isPausable, isQueued } from './import-status.ts'
import type { ImportActions } from './useImportActions.ts'
import type { ImportOrder } from './useImportOrder.ts'
import classes from './ImportRow.module.css'

export interface ImportRowProps {
  import: Import
  /** How many imports are taken before it; null when it does not stand in line. */
  place: number | null
  /** Whether Tab stops here. */
  focusable: boolean
  actions: ImportActions
  order: ImportOrder
}

/** One file: its picture, its name, where it stands, what can be done. */
export function ImportRow({ import: one, place, focusable, actions, order }: ImportRowProps) {
  const video = useVideoOf(one)
  const state = importState(one, video, place)
  const statusId = `${one.importId}-status`
  return (
    <article
      className={classes.row}
      tabIndex={focusable ? 0 : -1}
      aria-label={one.filename}
      aria-describedby={statusId}
      aria-keyshortcuts={keysOf(one)}
      data-stage={state.stage}
      {...{ [ROW_ATTRIBUTE]: one.importId }}
    >
      <Thumb url={mediaUrl(video?.thumbnailUrl)} />
      <div className={classes.file}>
        <div className={classes.name} title={`${one.folder}/${one.filename}`}>
          {one.filename}
        </div>
        <div className={classes.facts}>{importFacts(one, state.stage)}</div>
      </div>
      <ImportStatus import={one} state={state} id={statusId} />
      <ImportButtons import={one} state={state} actions={actions} order={order} />
    </article>
  )
}

function keysOf(one: Import): string {
  const keys = ['Delete']
  if (isPausable(one) || one.status === 'paused') keys.push('Space')
  if (isQueued(one)) keys.push('Alt+ArrowUp', 'Alt+ArrowDown')
  return keys.join(' ')
}

/** The video an import became: undefined while unknown, null once it is deleted. */
function useVideoOf({ mediaId }: Import): Video | null | undefined {
  const { data, error } = useEngine('videos', getVideo, { videoId: mediaId ?? '' }, { enabled: mediaId !== null })
  return error?.code === 'not_found' ? null : data
}
