import { IconCheck, IconEyeOff } from '@tabler/icons-react'
import { useId } from 'react'
import { type Album, updateAlbum, type Visibility } from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { hiddenText } from '../album-text.ts'
import { VISIBILITIES, VISIBILITY } from '../visibility.ts'
import { SharedPage } from './SharedPage.tsx'
import classes from './ShareSheet.module.css'

/** Who may see an album, and the way there for them. */
export function ShareSheet({ album }: { album: Album }) {
  const update = useAct(updateAlbum, 'albums')
  const visibility = (update.isPending ? update.variables.visibility : undefined) ?? album.visibility
  const choose = (to: Visibility): void => update.mutate({ albumId: album.albumId, visibility: to })
  return (
    <div className={classes.sheet}>
      <Choices chosen={visibility} title={album.title} onChoose={choose} />
      {update.error && (
        <div className={classes.problem} role="alert">
          Nothing was changed. {update.error.message}
        </div>
      )}
      {visibility !== 'private' && album.hiddenFromOthers > 0 && (
        <div className={classes.hidden}>
          <IconEyeOff size={16} stroke={1.75} aria-hidden />
          {hiddenText(album.hiddenFromOthers)}
        </div>
      )}
      {visibility === 'private' ? (
        <div className={classes.part}>
          <p>Choose “Unlisted” or “Public” to get a link.</p>
        </div>
      ) : (
        album.sharePath !== null && <SharedPage path={album.sharePath} />
      )}
    </div>
  )
}

interface ChoicesProps {
  chosen: Visibility
  title: string
  onChoose: (visibility: Visibility) => void
}

function Choices({ chosen, title, onChoose }: ChoicesProps) {
  const name = useId()
  return (
    <div className={classes.choices} role="radiogroup" aria-label={`Who may see “${title}”`}>
      {VISIBILITIES.map((visibility) => {
        const { name: word, icon: Icon, meaning } = VISIBILITY[visibility]
        return (
          <label key={visibility} className={classes.choice}>
            <input
              type="radio"
              name={name}
              aria-label={word}
              aria-describedby={`${name}-${visibility}`}
              checked={visibility === chosen}
              data-autofocus={visibility === chosen || undefined}
              onChange={() => onChoose(visibility)}
            />
            <Icon size={18} stroke={1.75} aria-hidden />
            <span>
              <b>{word}</b>
              <span id={`${name}-${visibility}`}>{meaning}</span>
            </span>
            <IconCheck size={18} stroke={2} aria-hidden />
          </label>
        )
      })}
    </div>
  )
}
