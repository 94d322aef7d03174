import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { start } from '../../main/app/application.ts'
import type { EngineOptions } from '../../main/engine/platform.ts'

// The application's own part in ending, with Electron and the engine put in its place.

const electron = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { quit: () => void; exit: (code: number) => void },
  media: null as ((request: Request) => Promise<Response>) | null,
  errors: [] as string[],
}))
const engine = vi.hoisted(() => ({
  open: () => Promise.resolve(),
  close: () => Promise.resolve(),
}))

vi.mock('electron', () => {
  // Whatever else is asked of Electron is taken and answered with nothing.
  const anything: unknown = new Proxy(function () {}, {
    get: (_target, name) => (name === Symbol.toPrimitive || name === 'then' ? undefined : anything),
    apply: () => anything,
    construct: () => anything as object,
  })
  return {
    get app() {
      return electron.app
    },
    BrowserWindow: Object.assign(function () {}, {
      prototype: anything,
      getAllWindows: () => [],
      fromWebContents: () => null,
    }),
    dialog: { showErrorBox: (_title: string, message: string) => electron.errors.push(message) },
    ipcMain: anything,
    protocol: {
      handle: (scheme: string, answer: (request: Request) => Promise<Response>) => {
        if (scheme === 'media') electron.media = answer
      },
    },
    session: { defaultSession: anything },
    shell: anything,
    powerMonitor: anything,
    MessageChannelMain: anything,
  }
})

vi.mock('../../main/app/session.ts', () => ({
  openSession: async () => {
    await engine.open()
    return {
      attach: () => undefined,
      media: () => Promise.resolve(new Response('film')),
      importFiles: () => Promise.resolve(),
      restoreServer: () => Promise.resolve(),
      close: () => engine.close(),
    }
  },
}))

/** What `app.quit` does: asks whether it may, and ends the process when nobody prevents it. */
class FakeApp extends EventEmitter {
  ended = false
  exitCode: number | null = null

  quit(): void {
    let prevented = false
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.ended = true
  }

  exit(code: number): void {
    this.exitCode = code
    this.ended = true
  }
}

let app: FakeApp

beforeEach(() => {
  app = new FakeApp()
  electron.app = app
  electron.errors.length = 0
  engine.open = () => Promise.resolve()
  engine.close = () => Promise.resolve()
  start({
    builtFolder: '/nowhere',
    data: '/nowhere/data',
    files: [],
    engine: { data: '/nowhere/data' } as EngineOptions,
    filesOf: () => [],
  })
})

/** The first request of the page opens the engine. */
const openEngine = () => electron.media!(new Request('media://fieldreel/x'))

describe('quitting', () => {
  it('ends the process only when the engine has closed', async () => {
    await openEngine()
    let finish: () => void = () => undefined
    engine.close = () => new Promise((resolve) => (finish = resolve))
    app.quit()
    await pause(50)
    expect(app.ended).toBe(false)
    finish()
    await vi.waitFor(() => expect(app.ended).toBe(true))
  })

  it('closes the engine once, however often it is asked to quit meanwhile', async () => {
    await openEngine()
    let closes = 0
    let finish: () => void = () => undefined
    engine.close = () => {
      closes += 1
      return new Promise((resolve) => (finish = resolve))
    }
    for (let asked = 0; asked < 3; asked += 1) {
      app.quit()
      await pause(5)
    }
    expect([app.ended, closes]).toEqual([false, 1])
    finish()
    await vi.waitFor(() => expect(app.ended).toBe(true))
    expect(closes).toBe(1)
  })

  it('waits for an engine that is still opening, and closes it', async () => {
    let opened: () => void = () => undefined
    engine.open = () => new Promise((resolve) => (opened = resolve))
    let closed = false
    engine.close = async () => {
      await pause(20)
      closed = true
    }
    const asked = openEngine()
    app.quit()
    await pause(50)
    expect([app.ended, closed]).toEqual([false, false])
    opened()
    await asked
    await vi.waitFor(() => expect(app.ended).toBe(true))
    expect(closed).toBe(true)
  })

  it('ends at once when no engine was opened', () => {
    app.quit()
    expect(app.ended).toBe(true)
  })

  it('ends, and says why on standard error, when closing fails', async () => {
    await openEngine()
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    engine.close = () => Promise.reject(new Error('the disk is gone'))
    app.quit()
    await vi.waitFor(() => expect(app.ended).toBe(true))
    expect(written.mock.calls.join('')).toMatch(/did not close in order: Error: the disk is gone/)
    written.mockRestore()
  })
})

describe('a library that cannot be opened', () => {
  it('ends the application with the reason', async () => {
    engine.open = () => Promise.reject(new Error('broken'))
    await expect(openEngine()).rejects.toThrow('broken')
    expect(app.exitCode).toBe(1)
    expect(electron.errors).toHaveLength(1)
  })
})
