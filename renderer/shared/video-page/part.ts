import type { TablerIcon } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'

/** What a feature adds to the page of a video. Its components ask `useOpenVideo` and `usePlayer` what is open. */
export interface VideoPagePart {
  /** Around the whole page: what the feature keeps while a video is open. */
  readonly Provider?: ComponentType<{ children: ReactNode }>
  /** Buttons in the bar above the picture. */
  readonly BarActions?: ComponentType
  /** Over the picture. */
  readonly Overlay?: ComponentType
  readonly lane?: Lane
  readonly tab?: PaneTab
  /** Above the facts of the video. */
  readonly Info?: ComponentType
}

/** A lane of the timeline. */
export interface Lane {
  readonly name: string
  readonly icon: TablerIcon
  /** Pixels. */
  readonly height: number
  readonly useCount: () => number
  readonly Content: ComponentType
  /** Over all lanes. */
  readonly Over?: ComponentType
  /** In place of the lanes, while there is something to say instead. */
  readonly Note?: ComponentType
  /** In the head of the timeline. */
  readonly Head?: ComponentType
}

/** A tab of the side pane. */
export interface PaneTab {
  readonly id: string
  readonly name: string
  readonly useCount: () => number
  readonly Content: ComponentType
}
