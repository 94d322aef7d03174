import { Button, Skeleton } from '@mantine/core'
import { IconExternalLink, IconServerOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { asEngineError, getServer, type ServerState, setServer } from '../../../../main/contract/index.ts'
import { bridge } from '../../../shared/engine/bridge.ts'
import { useAct, useEngine } from '../../../shared/engine/queries.ts'
import { toastError } from '../../../shared/ui/toast.tsx'
import { CopyText } from '../../../shared/ui/CopyText.tsx'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import classes from './ShareSheet.module.css'

/** The page of a shared album: where it is while the local server runs, and a switch while it does not. */
export function SharedPage({ path }: { path: string }) {
  const { data: server, error } = useEngine('server', getServer, {})
  if (error) return <div className={classes.problem}>The server state could not be loaded. {error.message}</div>
  if (!server) return <Skeleton h={64} radius={8} />
  return server.url === null ? <ServerOff server={server} /> : <Links server={server} root={server.url} path={path} />
}

function ServerOff({ server }: { server: ServerState }) {
  const act = useAct(setServer, 'server')
  const problem = act.error?.message ?? server.errorMessage
  return (
    <div className={classes.off}>
      <IconServerOff size={18} stroke={1.75} aria-hidden />
      <div>
        <b>The local server is off</b>
        {problem ?? 'It serves the page from this computer. Nothing is uploaded.'}
      </div>
      <Button variant="default" loading={act.isPending} onClick={() => act.mutate({ running: true })}>
        Switch on
      </Button>
    </div>
  )
}

function Links({ server: { network }, root, path }: { server: ServerState; root: string; path: string }) {
  const here = new URL(path, root).href
  const open = (): void => {
    bridge.openInBrowser(here).catch((error: unknown) => {
      toastError(`No browser opened. ${asEngineError(error).message}`)
    })
  }
  return (
    <div className={classes.part}>
      <h3>Link</h3>
      <div className={classes.link}>
        <CopyText text={here} what="link" />
        <IconButton icon={IconExternalLink} name="Open in a browser" onClick={open} />
      </div>
      {network.running &&
        network.urls.map((url) => (
          <div key={url} className={classes.link}>
            <CopyText text={new URL(path, url).href} what="link for the local network" />
          </div>
        ))}
      <p>
        {network.running ? (
          'The first link works on this computer, the others on the local network. Browsers there ask once whether to trust the server.'
        ) : (
          <>
            It works on this computer only. <Link href="/settings/server">Allow other computers</Link> to share it.
          </>
        )}
      </p>
    </div>
  )
}
