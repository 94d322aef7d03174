import { getServer, setServer } from '../../contract/index.ts'
import { defineCapability } from '../../engine/capability.ts'
import { AllowedOrigins } from './allowed-origins.ts'
import { serverOpener } from './lazy-server.ts'
import { ServerSwitch } from './server-switch.ts'

/** The HTTP server as the window switches it, and as the command opens it. */
export const serverModule = defineCapability({
  name: 'server',
  create: (platform) => {
    const { env, settings } = platform
    const allowedOrigins = new AllowedOrigins(settings, env['FIELDREEL_ALLOWED_ORIGINS'])
    const serve = serverOpener(platform, allowedOrigins)
    const onChange = (): void => platform.changes.publish('server')
    const serverSwitch = new ServerSwitch({ settings, serve, allowedOrigins, onChange })
    return {
      /** Starts a server of its own, apart from the one that the window switches. */
      serve,
      /** Does again what the window's server switch was left at. */
      restore: () => serverSwitch.restore(),
      operations: (operations) => {
        operations
          .implement(getServer, () => serverSwitch.state)
          .implement(setServer, (choice) => serverSwitch.set(choice))
      },
      stop: () => serverSwitch.close(),
    }
  },
})
