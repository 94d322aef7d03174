import type { VideoPagePart } from '../../shared/video-page/part.ts'
import { Engagement } from './Engagement.tsx'
import { WatchReport } from './watching/WatchReport.tsx'

export const ENGAGEMENT: VideoPagePart = { Provider: WatchReport, Info: Engagement }
