import { getAnalytics } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { percent, watched } from './figures.ts'
import { Loading } from './Panel.tsx'
import { Figure } from './Trends.tsx'
import classes from './Figures.module.css'

/** Everything since the beginning. */
export function Totals({ videoId }: { videoId: string | null }) {
  const { data } = useEngine('engagement', getAnalytics, { videoId })
  if (!data) return <Loading height={60} />
  const { totalViews, uniqueViewers, avgWatchDuration, avgCompletionRate, likes, shares, commentsCount } = data
  const figures: readonly (readonly [string, string])[] = [
    ['Views', totalViews.toLocaleString('en-GB')],
    ['Viewers', uniqueViewers.toLocaleString('en-GB')],
    ['Average watch time', watched(avgWatchDuration)],
    ['Average watched', percent(avgCompletionRate)],
    ['Likes', likes.toLocaleString('en-GB')],
    ['Shares', shares.toLocaleString('en-GB')],
    ['Notes', commentsCount.toLocaleString('en-GB')],
  ]
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <Figure key={name} name={name} value={value} />
      ))}
    </dl>
  )
}
