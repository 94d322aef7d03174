import type { Capability, Module, Platform } from './capability.ts'
import { ChoreRunner } from './chores.ts'
import { Operations } from './operations.ts'

interface Listed {
  readonly module: Module
  readonly capability: Capability
}

/** Builds the capabilities of the engine, runs them, and ends them. */
export class Runtime {
  readonly operations = new Operations()
  readonly #platform: Platform
  readonly #listed: Listed[] = []
  #chores: ChoreRunner | null = null
  #stopped: Promise<void> | null = null
  #closed: Promise<void> | null = null

  /** @param platform everything of it that the runtime does not know itself. */
  constructor(platform: Omit<Platform, 'use' | 'titleOf'>) {
    this.#platform = {
      ...platform,
      use: (module) => this.use(module),
      titleOf: (subject, id) => this.#titleOf(subject, id),
    }
  }

  /** Builds capabilities, in this order, and registers their operations. */
  async build(modules: readonly Module[]): Promise<void> {
    for (const module of modules) {
      const capability = await module.create(this.#platform)
      this.#listed.push({ module, capability })
      capability.operations?.(this.operations)
    }
  }

  /** @throws Error when that capability is not built. */
  use<T extends Capability>(module: Module<T>): T {
    const listed = this.#listed.find((known) => known.module === module)
    if (!listed) throw new Error(`${module.name} is not built yet. List it in compose.ts before those that use it.`)
    return listed.capability as T
  }

  /** Starts all work. Not called on a damaged library: that is only read. */
  async start(): Promise<void> {
    for (const { capability } of this.#listed) await capability.recover?.()
    for (const { capability } of this.#listed) await capability.start?.()
    const chores = this.#listed.flatMap(({ capability }) => capability.chores ?? [])
    this.#chores = new ChoreRunner(chores, this.#platform)
  }

  /** Ends all work so that the next start goes on with it. May be called twice, and before the start is over. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  /** Ends all work and lets go of everything. May be called twice. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  async #stop(): Promise<void> {
    for (const { capability } of this.#listed.toReversed()) await capability.stop?.()
    await this.#chores?.close()
  }

  async #close(): Promise<void> {
    await this.stop()
    for (const { capability } of this.#listed.toReversed()) await capability.close?.()
  }

  #titleOf(...[subject, id]: Parameters<Platform['titleOf']>): string | null {
    const title = this.#listed.map(({ capability }) => capability.titles?.[subject]).find((known) => known)
    return title?.(id) ?? null
  }
}
