import { z } from 'zod'
import { asEngineError, type ServerState } from '../../contract/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import type { HttpServer } from './server.ts'

const Choice = z.object({ running: z.boolean(), port: z.int().min(0).max(65_535) })
const SETTING = 'server'
/** Off until somebody switches it on. */
const DEFAULT = { running: false, port: 8787 }

export interface ServerSwitchOptions {
  readonly settings: Settings
  /** Opens the server on that port of this machine. @throws EngineError `unavailable`. */
  readonly start: (port: number) => Promise<HttpServer>
  readonly onChange: () => void
}

/** The server as the window switches it: on 127.0.0.1 only, and the choice outlives the process. */
export class ServerSwitch {
  readonly #options: ServerSwitchOptions
  #server: HttpServer | null = null
  #errorMessage: string | null = null
  /** Switching twice at once must not start two. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: ServerSwitchOptions) {
    this.#options = options
  }

  get state(): ServerState {
    const url = this.#server?.url ?? null
    return { running: url !== null, url, port: this.#choice().port, errorMessage: this.#errorMessage }
  }

  /** Does what was chosen the last time. A port that is taken leaves it off, with the reason in `state`. */
  async restore(): Promise<void> {
    if (this.#choice().running) await this.#queue(() => this.#start())
  }

  /** @throws EngineError never: what went wrong is in the answer. */
  async set(choice: { running: boolean; port?: number | undefined }): Promise<ServerState> {
    return await this.#queue(async () => {
      this.#options.settings.write(SETTING, { running: choice.running, port: choice.port ?? this.#choice().port })
      await this.#stop()
      if (choice.running) await this.#start()
      this.#options.onChange()
      return this.state
    })
  }

  /** Stops the server without forgetting the choice. */
  async close(): Promise<void> {
    await this.#queue(() => this.#stop())
  }

  async #start(): Promise<void> {
    try {
      this.#server = await this.#options.start(this.#choice().port)
      this.#errorMessage = null
    } catch (error) {
      this.#errorMessage = asEngineError(error).message
    }
  }

  async #stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    this.#errorMessage = null
    await server?.close()
  }

  #choice() {
    return this.#options.settings.read(SETTING, Choice) ?? DEFAULT
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }
}
