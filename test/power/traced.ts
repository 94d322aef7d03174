import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { OPTIONS, readTrace, type Deed } from './trace.ts'

/** Why no program can be traced here; null when it can. */
export function whyNoTrace(): string | null {
  if (process.platform !== 'linux') return 'strace is a program of Linux'
  try {
    execFileSync('strace', ['-f', '--seccomp-bpf', '-y', '-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'ENOENT' ? 'strace is not installed' : 'strace may not trace here'
  }
}

/** A command of ours, as built, with every call written down that has to do with files and answers. */
export class Traced {
  readonly #file: string
  readonly #data: string
  readonly #ended: Promise<unknown>
  readonly firstLine: Promise<string>

  constructor(command: 'serve' | 'ingest', folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#file = path.join(folder, '..', `${path.basename(folder)}.trace`)
    this.#data = path.join(folder, 'new', 'library')
    const entry = path.resolve('out/main', `${command}.js`)
    const traced = [process.execPath, entry, '--data', this.#data, ...args]
    const child = spawn('strace', [...OPTIONS, '-o', this.#file, ...traced], {
      env: { ...process.env, UV_USE_IO_URING: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let complained = ''
    child.stderr.on('data', (bytes: Buffer) => (complained = (complained + bytes.toString()).slice(-4000)))
    this.#ended = once(child, 'exit')
    this.firstLine = new Promise((resolve, reject) => {
      createInterface(child.stdout).once('line', resolve)
      child.once('exit', () => reject(new Error(`${command} ended without a line: ${complained}`)))
    })
    onTestFinished(() => this.cut())
  }

  get data(): string {
    return this.#data
  }

  /** Ends it as a power cut would: by the process itself, since strace would let it go on. */
  async cut(): Promise<void> {
    const holder = path.join(this.#data, 'instance.lock.holder')
    try {
      if (existsSync(holder)) process.kill(Number(readFileSync(holder, 'utf8')), 'SIGKILL')
    } catch {
      // It has ended already.
    }
    await this.#ended
  }

  async ended(): Promise<void> {
    await this.#ended
  }

  deeds(): Deed[] {
    return readTrace(readFileSync(this.#file, 'utf8'))
  }
}
