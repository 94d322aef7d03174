import { contract } from '../contract/index.ts'
import { gone, type StorageState } from '../platform/files/index.ts'
import type { Capability, Module, Platform } from './capability.ts'
import { ChoreRunner, EVERY_MINUTE } from './chores.ts'
import { Operations } from './operations.ts'
import type { BasePlatform } from './platform.ts'
import { StorageWatch } from './storage-watch.ts'

interface Built {
  readonly module: Module
  readonly capability: Capability
}

/** Builds the capabilities of the engine, runs them, and ends them. */
export class Runtime {
  readonly operations = new Operations()
  readonly #platform: Platform
  readonly #built: Built[] = []
  #storage: StorageWatch | null = null
  #chores: ChoreRunner | null = null
  #stopped: Promise<void> | null = null
  #closed: Promise<void> | null = null

  constructor(platform: BasePlatform) {
    this.#platform = {
      ...platform,
      operations: this.operations,
      handledJobs: () => this.#built.flatMap(({ capability }) => capability.jobs ?? []),
      titleOf: (subject, id) => this.#titleOf(subject, id),
      use: (module) => this.use(module),
    }
  }

  /** Builds capabilities in this order. @throws Error when an operation of the contract has no handler after that. */
  async build(modules: readonly Module[]): Promise<void> {
    const { database, folder } = this.#platform
    this.operations.checkStorageWith({
      assertWritable: () => database.assertWritable(),
      synced: () => database.synced(),
      explain: (error) => folder.explain(error),
    })
    for (const module of modules) {
      const capability = await module.create(this.#platform)
      this.#built.push({ module, capability })
      capability.operations?.(this.operations)
    }
    this.operations.assertComplete(contract)
    this.#storage = new StorageWatch({ ...this.#platform, onChange: (state) => this.#storageChanged(state) })
    database.onDamage(() => this.#damaged())
  }

  /** The value of a capability. @throws Error when it is not built. */
  use<T extends object>(module: Module<T>): T {
    const built = this.#built.find((known) => known.module === module)
    if (!built) throw new Error(`${module.name} is not built yet. List it in compose.ts before those that use it.`)
    return built.capability as T
  }

  /** Starts all work. Not called on a damaged library: that is only read. */
  async start(): Promise<void> {
    const { runningClock } = this.#platform
    for (const { capability } of this.#built) await capability.recover?.()
    for (const { capability } of this.#built) await capability.start?.()
    const clock = { name: 'running clock', everyMs: EVERY_MINUTE, run: () => runningClock.save() }
    const chores = this.#built.flatMap(({ capability }) => capability.chores ?? [])
    this.#chores = new ChoreRunner([...chores, clock], this.#platform)
  }

  /** Ends all work and lets go of everything. May be called twice. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  /** Ends all work so that the next start goes on with it. May be called twice, and before the start is over. */
  #stop(): Promise<void> {
    return (this.#stopped ??= this.#stopAll())
  }

  async #stopAll(): Promise<void> {
    for (const { capability } of this.#built.toReversed()) await capability.stop?.()
    await this.#chores?.close()
  }

  async #close(): Promise<void> {
    const { database, runningClock } = this.#platform
    await this.#stop()
    this.#storage?.close()
    await this.#ended('running clock', () => database.isReadOnly || runningClock.save())
    for (const { module, capability } of this.#built.toReversed()) {
      await this.#ended(module.name, () => capability.close?.())
    }
  }

  /** What cannot be closed in order keeps nothing else open. */
  async #ended(name: string, close: () => unknown): Promise<void> {
    try {
      await close()
    } catch (error) {
      this.#platform.log.warn({ err: error, name }, 'closing in order failed')
    }
  }

  #storageChanged(state: StorageState): void {
    if (state !== 'ok') for (const { capability } of this.#built) capability.hold?.(gone(state))
    this.#platform.changes.publish('maintenance')
  }

  #damaged(): void {
    const { changes, log } = this.#platform
    changes.publish('maintenance')
    this.#stop().catch((error: unknown) => log.error({ err: error }, 'work on a damaged library did not stop in order'))
  }

  #titleOf(...[subject, id]: Parameters<Platform['titleOf']>): string | null {
    for (const { capability } of this.#built) {
      const title = capability.titles?.[subject]
      if (title) return title(id)
    }
    return null
  }
}
