import { useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { listVideos } from '../../main/contract/index.ts'
import { LibraryPage } from '../features/library/LibraryPage.tsx'
import { VideoPage } from '../features/player/VideoPage.tsx'
import { SettingsPage } from '../features/settings/SettingsPage.tsx'
import { DropTarget } from '../features/upload/DropTarget.tsx'
import { UploadsPage } from '../features/upload/UploadsPage.tsx'
import { useChanges, useEngine } from '../shared/engine/queries.ts'
import { KeyMap } from './KeyMap.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import classes from './App.module.css'

export function App() {
  useChanges()
  useReady()
  return (
    <div className={classes.app}>
      <Rail />
      <main className={classes.place}>
        <Switch>
          <Route path="/videos/:videoId">{({ videoId }) => <VideoPage key={videoId} videoId={videoId} />}</Route>
          <Route path="/uploads" component={UploadsPage} />
          <Route path="/settings/:section?" component={SettingsPage} />
          <Route component={LibraryPage} />
        </Switch>
      </main>
      <DropTarget />
      <Palette />
      <KeyMap />
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
