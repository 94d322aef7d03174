import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { listVideos } from '../../main/contract/index.ts'
import { LibraryPage } from '../features/library/LibraryPage.tsx'
import { StorageNotice } from '../features/maintenance/StorageNotice.tsx'
import { useRebuildOutcome } from '../features/maintenance/useRebuildOutcome.ts'
import { DropTarget } from '../features/uploads/DropTarget.tsx'
import { useChanges, useEngine } from '../shared/engine/queries.ts'
import { Rail } from './Rail.tsx'
import classes from './App.module.css'

// A start shows the library; the other places come when they are gone to, or when the page has nothing else to do.
const VideoPage = lazy(async () => ({ default: (await import('../features/video/VideoPage.tsx')).VideoPage }))
const UploadsPage = lazy(async () => ({ default: (await import('../features/uploads/UploadsPage.tsx')).UploadsPage }))
const TasksPage = lazy(async () => ({ default: (await import('../features/pipeline/list/TasksPage.tsx')).TasksPage }))
const TaskPage = lazy(async () => ({ default: (await import('../features/pipeline/page/TaskPage.tsx')).TaskPage }))
const ComposerPage = lazy(async () => ({
  default: (await import('../features/pipeline/composer/ComposerPage.tsx')).ComposerPage,
}))
const AlbumsPage = lazy(async () => ({ default: (await import('../features/albums/list/AlbumsPage.tsx')).AlbumsPage }))
const AlbumPage = lazy(async () => ({ default: (await import('../features/albums/page/AlbumPage.tsx')).AlbumPage }))
const AlbumPicker = lazy(async () => ({
  default: (await import('../features/albums/picker/AlbumPicker.tsx')).AlbumPicker,
}))
const LibraryAnalytics = lazy(async () => ({
  default: (await import('../features/engagement/AnalyticsPage.tsx')).LibraryAnalytics,
}))
const VideoAnalytics = lazy(async () => ({
  default: (await import('../features/engagement/AnalyticsPage.tsx')).VideoAnalytics,
}))
const SettingsPage = lazy(async () => ({
  default: (await import('../features/settings/SettingsPage.tsx')).SettingsPage,
}))
const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))
const KeyMap = lazy(async () => ({ default: (await import('./KeyMap.tsx')).KeyMap }))

export function App() {
  useChanges()
  useReady()
  useRebuildOutcome()
  return (
    <div className={classes.window}>
      <StorageNotice />
      <div className={classes.app}>
        <Rail />
        <main className={classes.place}>
          <Suspense>
            <Switch>
              <Route path="/videos/:videoId">{({ videoId }) => <VideoPage key={videoId} videoId={videoId} />}</Route>
              <Route path="/uploads" component={UploadsPage} />
              <Route path="/tasks" component={TasksPage} />
              <Route path="/tasks/new" component={ComposerPage} />
              <Route path="/tasks/:taskId">{({ taskId }) => <TaskPage key={taskId} taskId={taskId} />}</Route>
              <Route path="/albums" component={AlbumsPage} />
              <Route path="/albums/:albumId">{({ albumId }) => <AlbumPage key={albumId} albumId={albumId} />}</Route>
              <Route path="/analytics" component={LibraryAnalytics} />
              <Route path="/analytics/:videoId">
                {({ videoId }) => <VideoAnalytics key={videoId} videoId={videoId} />}
              </Route>
              <Route path="/settings/:section?" component={SettingsPage} />
              <Route component={LibraryPage} />
            </Switch>
          </Suspense>
        </main>
      </div>
      <DropTarget />
      <Suspense>
        <Palette />
        <KeyMap />
        <AlbumPicker />
      </Suspense>
    </div>
  )
}

/** Marks the page as usable once the library has answered: what a start is measured by. */
function useReady(): void {
  const { isSuccess } = useEngine('videos', listVideos, { limit: 1 })
  useEffect(() => {
    if (isSuccess) document.documentElement.dataset['ready'] = 'true'
  }, [isSuccess])
}
