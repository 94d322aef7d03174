import { isIPv4 } from 'node:net'
import { z } from 'zod'
import { asEngineError, type ServerState } from '../../contract/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import type { AllowedOrigins } from './allowed-origins.ts'
import type { ServeWhere } from './open-server.ts'
import { networkAddresses } from './host-names.ts'
import type { HttpServer } from './server.ts'

const Choice = z.object({
  running: z.boolean(),
  port: z.int().min(0).max(65_535),
  network: z.boolean().default(false),
})
type Choice = z.infer<typeof Choice>
const SETTING = 'server'
/** Off until somebody switches it on. */
const DEFAULT: Choice = { running: false, port: 8787, network: false }

export interface ServerSwitchOptions {
  readonly settings: Settings
  /** @throws EngineError `unavailable`. */
  readonly serve: (where: ServeWhere) => Promise<HttpServer>
  readonly allowedOrigins: AllowedOrigins
  readonly onChange: () => void
}

/**
 * The server as the window switches it: on 127.0.0.1, and by choice (ID-65) on a second, encrypted one
 * for the local network. The choice is kept over restarts.
 */
export class ServerSwitch {
  readonly #options: ServerSwitchOptions
  readonly #local: Listener
  readonly #network: Listener
  /** Switching twice at once must not start two. */
  #turn: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: ServerSwitchOptions) {
    this.#options = options
    this.#local = new Listener((port) => options.serve({ host: '127.0.0.1', port, tls: false }))
    this.#network = new Listener((port) => options.serve({ host: '0.0.0.0', port, tls: true, ownNamesOnly: true }))
  }

  get state(): ServerState {
    const url = this.#local.server?.url ?? null
    const network = this.#network.server
    const urls = network ? urlsOn(network.port) : []
    return {
      running: url !== null,
      url,
      port: this.#choice().port,
      errorMessage: this.#local.errorMessage,
      allowedOrigins: this.#options.allowedOrigins.chosen,
      network: {
        running: network !== null,
        urls,
        fingerprint: network?.fingerprint ?? null,
        errorMessage: this.#network.errorMessage,
      },
    }
  }

  /** Does what was chosen the last time. A port that is taken leaves it off, with the reason in `state`. */
  async restore(): Promise<void> {
    await this.#queue(() => this.#follow(this.#choice()))
  }

  /** What is left out stays as it is. @throws EngineError never: what went wrong is in the answer. */
  async set(choice: {
    running: boolean
    port?: number | undefined
    network?: boolean | undefined
    allowedOrigins?: readonly string[] | undefined
  }): Promise<ServerState> {
    return await this.#queue(async () => {
      const before = this.#choice()
      const wanted = {
        running: choice.running,
        port: choice.port ?? before.port,
        network: choice.network ?? before.network,
      }
      this.#options.settings.write(SETTING, wanted)
      if (choice.allowedOrigins) this.#options.allowedOrigins.choose(choice.allowedOrigins)
      await this.#follow(wanted)
      return this.state
    })
  }

  /** Stops the server without forgetting the choice. */
  async close(): Promise<void> {
    await this.#queue(() => {
      this.#closed = true
      return Promise.all([this.#local.stop(), this.#network.stop()])
    })
  }

  async #follow({ running, port, network }: Choice): Promise<void> {
    // A restore that runs while everything ends would open a server without a library.
    if (this.#closed) return
    if (running) await this.#local.listen(port)
    else await this.#local.stop()
    // The second one is open only while the first one is: for the user it is one server.
    if (network && this.#local.server) await this.#network.listen(portBeside(port))
    else await this.#network.stop()
    this.#options.onChange()
  }

  #choice(): Choice {
    return this.#options.settings.read(SETTING, Choice) ?? DEFAULT
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }
}

/** A server that listens or does not, and why not. */
class Listener {
  readonly #start: (port: number) => Promise<HttpServer>
  #asked: number | null = null
  server: HttpServer | null = null
  errorMessage: string | null = null

  constructor(start: (port: number) => Promise<HttpServer>) {
    this.#start = start
  }

  /** Listens on that port; one that does already is left as it is. */
  async listen(port: number): Promise<void> {
    if (this.server && this.#asked === port) return
    await this.stop()
    try {
      this.server = await this.#start(port)
      this.#asked = port
    } catch (error) {
      this.errorMessage = asEngineError(error).message
    }
  }

  async stop(): Promise<void> {
    const server = this.server
    this.server = null
    this.errorMessage = null
    await server?.close()
  }
}

/** The network's port lies beside the local one, so that it stays the same without a setting of its own. */
function portBeside(port: number): number {
  if (port === 0) return 0
  return port === 65_535 ? port - 1 : port + 1
}

/** Every address under which other machines reach that port; it is bound to IPv4 only. */
function urlsOn(port: number): string[] {
  return networkAddresses().flatMap((address) => (isIPv4(address) ? `https://${address}:${port}` : []))
}
