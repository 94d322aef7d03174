import { Button } from '@mantine/core'
import { IconChartBar, IconHeart, IconHeartFilled } from '@tabler/icons-react'
import clsx from 'clsx'
import { Link } from 'wouter'
import { asEngineError, getEngagement, likeVideo, unlikeVideo } from '../../../main/contract/index.ts'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import { useAct, useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import { analyticsPath } from '../../shared/navigation/paths.ts'
import { Hint } from '../../shared/ui/Hint.tsx'
import quiet from '../../shared/ui/control-tone.module.css'
import classes from './Engagement.module.css'

/** What people did with the video, and a like of one's own. */
export function Engagement() {
  const { videoId } = useOpenVideo().video
  const { data } = useEngine('engagement', getEngagement, { videoId })
  const like = useAct(likeVideo, 'engagement')
  const unlike = useAct(unlikeVideo, 'engagement')
  const liked = data?.likedByMe ?? false
  const toggle = (): void => {
    const act = liked ? unlike : like
    act.mutate({ videoId }, { onError: (error) => toastError(asEngineError(error).message) })
  }
  const Icon = liked ? IconHeartFilled : IconHeart
  return (
    <div className={classes.engagement}>
      <Button
        variant="subtle"
        px={8}
        className={clsx(liked ? quiet.on : quiet.quiet)}
        leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
        aria-label={data ? `Like, ${count(data.likes, 'like')}` : 'Like'}
        aria-pressed={liked}
        disabled={!data || like.isPending || unlike.isPending}
        onClick={toggle}
      >
        {data ? count(data.likes, 'like') : ''}
      </Button>
      <Hint name="Analytics of this video">
        <Button
          component={Link}
          href={analyticsPath(videoId)}
          variant="subtle"
          px={8}
          className={clsx(quiet.quiet)}
          leftSection={<IconChartBar size={16} stroke={1.75} aria-hidden />}
        >
          {data ? count(data.totalViews, 'view') : 'Analytics'}
        </Button>
      </Hint>
      {data && data.shares > 0 && <span>{count(data.shares, 'share')}</span>}
    </div>
  )
}
