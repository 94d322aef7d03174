import { SidePane } from '../../../shared/pane/SidePane.tsx'
import { useView } from '../../../shared/player/view-store.ts'
import { useLoaded } from '../../../shared/registry/features.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { Info } from './Info.tsx'

const INFO = { id: 'info', name: 'Info', useCount: () => 0, Content: Info }

/** What is known of the video, beside its picture. */
export function VideoPane() {
  const { pane } = useOpenVideo()
  const { tab, setTab } = useView()
  const parts = [...useLoaded('videoPage').flatMap(({ tab: added }) => added ?? []), INFO]
  const tabs = parts.map(({ Content, ...rest }) => ({ ...rest, content: <Content /> }))
  return <SidePane pane={pane} tabs={tabs} tab={tab} setTab={setTab} />
}
