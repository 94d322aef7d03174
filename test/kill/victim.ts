import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A real Fieldreel process that is going to be killed. */
export class Victim {
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>
  #said = ''

  private constructor(process: ChildProcess) {
    this.#process = process
    this.#ended = once(process, 'exit')
    process.stderr?.on('data', (bytes: Buffer) => (this.#said = (this.#said + bytes.toString()).slice(-4000)))
  }

  /** Starts a built command. */
  static start(command: 'serve' | 'ingest' | 'library', args: readonly string[], env: NodeJS.ProcessEnv = {}): Victim {
    const entry = path.resolve('out/main', `${command}.js`)
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...process.env, NO_COLOR: '1', FIELDREEL_LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const victim = new Victim(child)
    onTestFinished(() => victim.kill())
    return victim
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Ended, by itself or by us. */
  get isDead(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  /** The signal that ended it, or null. */
  get signal(): NodeJS.Signals | null {
    return this.#process.signalCode
  }

  /** The end of what it said on standard error. */
  get said(): string {
    return this.#said
  }

  /** The first line of its standard output; null when it dies before it says one. */
  async firstLine(): Promise<string | null> {
    const { stdout } = this.#process
    if (!stdout) return null
    const lines = createInterface(stdout)
    for await (const line of lines) return line
    return null
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<void> {
    if (this.isDead) return
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  async stop(): Promise<void> {
    if (this.isDead) return
    this.#process.kill('SIGTERM')
    await this.#ended
  }

  /** Waits for its own end. @returns its exit status. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#process.exitCode
  }
}
