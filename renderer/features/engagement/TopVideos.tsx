import { Link } from 'wouter'
import { getTopVideos } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { percent, watched } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'
import { analyticsPath } from '../../shared/navigation/paths.ts'
import { useView } from './view-store.ts'
import classes from './TopVideos.module.css'

/** What was watched most in the period; each leads to its own numbers. */
export function TopVideos() {
  const period = useView((view) => view.period)
  const { data } = useEngine('engagement', getTopVideos, { period }, { keepPrevious: true })
  return (
    <Panel name="Most viewed" wide>
      {!data && <Loading height={120} />}
      {data?.videos.length === 0 && <NoData>No views in this period.</NoData>}
      {data && data.videos.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Video</th>
              <th scope="col">Views</th>
              <th scope="col">Viewers</th>
              <th scope="col">Watch time</th>
              <th scope="col">Average watched</th>
            </tr>
          </thead>
          <tbody>
            {data.videos.map(({ videoId, title, thumbnailUrl, views, uniqueViewers, watchTime, averageCompletion }) => (
              <tr key={videoId}>
                <th scope="row">
                  <Link href={analyticsPath(videoId)} className={classes.video}>
                    <span className={classes.picture}>
                      {thumbnailUrl?.startsWith('/') && <img src={mediaUrl(thumbnailUrl)} alt="" />}
                    </span>
                    <span className={classes.title}>{title}</span>
                  </Link>
                </th>
                <td>{views.toLocaleString('en-GB')}</td>
                <td>{uniqueViewers.toLocaleString('en-GB')}</td>
                <td>{watched(watchTime)}</td>
                <td>{percent(averageCompletion)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
