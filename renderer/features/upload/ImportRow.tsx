import { IconMovie } from '@tabler/icons-react'
import { getVideo, type Import, type Video } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { ImportButtons } from './ImportButtons.tsx'
import { importFacts, importState } from './import-state.ts'
import { ImportStatus } from './ImportStatus.tsx'
import type { ImportActions } from './useImportActions.ts'
import classes from './ImportRow.module.css'

interface ImportRowProps {
  import: Import
  actions: ImportActions
}

/** One file: its picture, its name, where it stands, what can be done. */
export function ImportRow({ import: one, actions }: ImportRowProps) {
  const video = useVideoOf(one)
  const state = importState(one, video)
  const picture = mediaUrl(video?.thumbnailUrl)
  return (
    <article className={classes.row} aria-label={one.filename} data-stage={state.stage}>
      <div className={classes.picture}>
        {picture ? <img src={picture} alt="" draggable={false} /> : <IconMovie size={18} stroke={1.75} aria-hidden />}
      </div>
      <div className={classes.file}>
        <div className={classes.name} title={`${one.folder}/${one.filename}`}>
          {one.filename}
        </div>
        <div className={classes.facts}>{importFacts(one, state.stage)}</div>
      </div>
      <ImportStatus import={one} state={state} />
      <ImportButtons import={one} state={state} actions={actions} />
    </article>
  )
}

/** The video an import became: undefined while unknown, null once it is deleted. */
function useVideoOf({ mediaId }: Import): Video | null | undefined {
  const { data, error } = useEngine('videos', getVideo, { videoId: mediaId ?? '' }, { enabled: mediaId !== null })
  return error?.code === 'not_found' ? null : data
}
