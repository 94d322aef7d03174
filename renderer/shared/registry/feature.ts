import type { TablerIcon } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { KeyBinding } from '../keys/key-map.ts'
import type { Dragged } from '../media/drag.ts'
import type { VideoRef } from '../media/media.ts'
import type { VideoPagePart } from '../video-page/part.ts'

/** What one feature adds to the window. Each exports one such value, and app/features.ts lists them. */
export interface Feature {
  /** In this order: the first one that matches a location is shown. */
  readonly routes?: readonly FeatureRoute[]
  readonly rail?: RailEntry
  /** What the command palette offers, always or as things are now. */
  readonly commands?: readonly Command[]
  readonly useCommands?: () => readonly Command[]
  /** What the palette finds by typed words; asked only while it is open. */
  readonly useSearch?: (query: string, opened: boolean) => SearchGroup
  readonly shortcuts?: readonly ShortcutGroup[]
  /** What can be done with videos of the library, in their menus. */
  readonly videoActions?: readonly VideoAction[]
  /** What it adds to the page of a video; loaded with that page. */
  readonly videoPage?: () => Promise<VideoPagePart>
  /** Sections of the settings; loaded with that page. */
  readonly settings?: () => Promise<readonly SettingsSection[]>
  /** Across the top of the window. */
  readonly WindowBanner?: ComponentType
  /** Above the library's grid. */
  readonly LibraryBanner?: ComponentType
  /** Below the places of the rail. */
  readonly RailSection?: ComponentType
  /** Dialogs and listeners that are there on every page. */
  readonly Root?: ComponentType
}

export interface FeatureRoute {
  readonly path: string
  /** Gets the parameters of the path as props. `never`: each page has its own. */
  readonly Page: ComponentType<never>
  /** Whether one page serves all values of its parameters; otherwise each value has a page of its own. */
  readonly keepsState?: boolean
  /** Whether the rail shows icons only, to leave its room to a picture. */
  readonly slimRail?: boolean
}

/** A place that the rail leads to. */
export interface RailEntry {
  readonly path: string
  readonly name: string
  readonly icon: TablerIcon
  /** Locations elsewhere that belong to this place begin with this. */
  readonly parentOf?: string
  /** The number beside the name. */
  readonly useNote?: () => string | undefined
  /** Whether the number says that something is going on there: a narrow rail shows a dot instead. */
  readonly notesWork?: boolean
  /** What becomes of videos and pictures dropped on it. */
  readonly onDrop?: (dragged: Dragged) => void
}

/** Something the palette can do. */
export interface Command {
  readonly id: string
  readonly name: string
  readonly icon: TablerIcon
  /** Other words it is found by. */
  readonly words?: string
  /** The shortcut that does the same. */
  readonly key?: string
  readonly run: () => void
}

export interface SearchGroup {
  readonly name: string
  readonly hits: readonly SearchHit[]
}

export interface SearchHit {
  readonly id: string
  readonly title: string
  readonly icon: TablerIcon
  readonly facts: string
  readonly open: () => void
}

/** Shortcuts by the place they work in; groups of one name are shown as one. */
export interface ShortcutGroup {
  readonly name: string
  readonly shortcuts: readonly Shortcut[]
}

/** One line of the list of shortcuts. Each of `keys` is pressed together; several combinations do the same. */
export interface Shortcut {
  readonly does: string
  readonly keys: ReadonlyArray<readonly string[]>
}

export interface VideoAction {
  readonly id: string
  readonly name: string
  readonly icon: TablerIcon
  /** As `useHotkeys` reads it, and as people do. */
  readonly key?: { readonly hotkey: string; readonly shown: string }
  /** Whether it can be done with several at once. */
  readonly many?: boolean
  /** Whether it asks for more before anything is done. */
  readonly asks?: boolean
  readonly run: (videos: readonly VideoRef[]) => void | Promise<void>
}

export interface SettingsSection {
  /** `/settings/<id>` opens there. */
  readonly id: string
  readonly name: string
  /** Sections are shown from the lowest to the highest. */
  readonly order: number
  readonly Content: ComponentType
}

/** The keys of a page as lines of the list of shortcuts. */
export function shortcutsOf(bindings: readonly KeyBinding[]): Shortcut[] {
  return bindings.map(({ name, shown }) => ({ does: name, keys: [shown.split(' ')] }))
}
