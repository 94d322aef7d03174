import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { listVideos } from '../../main/contract/index.ts'
import { useChanges, useEngine } from '../shared/engine/queries.ts'
import type { FeatureRoute } from '../shared/registry/feature.ts'
import { useContributions } from '../shared/registry/features.ts'
import { Rail } from './Rail.tsx'
import classes from './App.module.css'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))
const KeyMap = lazy(async () => ({ default: (await import('./KeyMap.tsx')).KeyMap }))

export function App() {
  useChanges()
  useReady()
  const routes = useContributions('routes')
  const banners = useContributions('WindowBanner')
  const roots = useContributions('Root')
  return (
    <div className={classes.window}>
      {banners.map((Banner, index) => (
        <Banner key={index} />
      ))}
      <div className={classes.app}>
        <Rail />
        <main className={classes.place}>
          <Suspense>
            <Switch>
              {routes.map((route) => (
                <Route key={route.path} path={route.path}>
                  {(params) => <RoutePage route={route} params={params} />}
                </Route>
              ))}
              <Route>
                <Redirect to="/" />
              </Route>
            </Switch>
          </Suspense>
        </main>
      </div>
      <Suspense>
        <Palette />
        <KeyMap />
        {roots.map((Root, index) => (
          <Root key={index} />
        ))}
      </Suspense>
    </div>
  )
}

function RoutePage({ route: { Page, keepsState }, params }: { route: FeatureRoute; params: object }) {
  const Shown = Page as ComponentType<object>
  return <Shown key={keepsState ? undefined : Object.values(params).join('/')} {...params} />
}

/** Marks the page as usable once the library has answered: what a start is measured by. */
function useReady(): void {
  const { isSuccess } = useEngine('videos', listVideos, { limit: 1 })
  useEffect(() => {
    if (isSuccess) document.documentElement.dataset['ready'] = 'true'
  }, [isSuccess])
}
