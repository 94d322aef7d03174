import { Skeleton } from '@mantine/core'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../shared/ui/Crumbs.tsx'
import { usePane } from '../../shared/pane/usePane.ts'
import page from '../../shared/ui/page.module.css'
import classes from './PageSkeleton.module.css'

/** The page as it will be, before it is known what stands on it. */
export function PageSkeleton() {
  const pane = usePane()
  return (
    <>
      <TopBar
        title={
          <Crumbs>
            <Skeleton width={160} height={14} />
          </Crumbs>
        }
      />
      <div className={page.body} role="status" aria-label="Opening the video">
        <div className={page.viewer}>
          <div className={page.well} />
          <div className={classes.controls}>
            <Skeleton width={180} height={14} />
            <Skeleton width={38} height={34} />
            <Skeleton width={120} height={14} />
          </div>
        </div>
        {pane.shown && <div className={classes.pane} />}
      </div>
      <div className={classes.timeline} />
    </>
  )
}
