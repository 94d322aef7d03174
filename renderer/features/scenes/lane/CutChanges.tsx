import { ticksOf } from '../adjustment/changes.ts'
import { CutSign } from '../adjustment/CutSign.tsx'
import { usePreview } from '../adjustment/usePreview.ts'
import { useTimescale } from '../../../shared/player/player.ts'
import { pixelsPerSecond, visibleRange } from '../../../shared/player/timescale.ts'
import classes from './CutChanges.module.css'

/** While scenes are adjusted: the cuts that would come, and those that would go. */
export function CutChanges() {
  const { changes } = usePreview()
  const scale = useTimescale((state) => state)
  if (!changes) return null
  const [perSecond, range] = [pixelsPerSecond(scale), visibleRange(scale)]
  return (
    <div className={classes.changes} aria-hidden>
      {(['removed', 'added'] as const).flatMap((change) =>
        ticksOf(changes[change], perSecond, range).map(({ x, signed }) => (
          <span
            key={`${change} ${x}`}
            className={classes.tick}
            data-change={change}
            style={{ transform: `translateX(${x}px)` }}
          >
            {signed && (
              <span className={classes.sign}>
                <CutSign change={change} />
              </span>
            )}
          </span>
        )),
      )}
    </div>
  )
}
