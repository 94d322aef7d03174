import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compose, type Engine } from '../../main/compose.ts'
import { getServer, setServer, type ServerState } from '../../main/contract/index.ts'
import { serve } from './scripted-server.ts'

let data = ''
let engine: Engine

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'fieldreel-switch-'))
  engine = await openEngine()
})
afterEach(async () => {
  await engine.close()
  await rm(data, { recursive: true })
})

function openEngine(): Promise<Engine> {
  const workersFolder = path.resolve('out/main')
  return compose({ data, workersFolder, version: '1.2.3', logToStderr: false, env: process.env })
}

function set(choice: { running: boolean; port?: number; allowedOrigins?: string[] }): Promise<ServerState> {
  return ask((call) => engine.operations.run(setServer, choice, call))
}

function state(): Promise<ServerState> {
  return ask((call) => engine.operations.run(getServer, {}, call))
}

function ask<T>(run: (call: { signal: AbortSignal; caller: ReturnType<Engine['owner']> }) => Promise<T>): Promise<T> {
  return run({ signal: new AbortController().signal, caller: engine.owner('window') })
}

it('is off until somebody switches it on', async () => {
  expect(await state()).toMatchObject({ running: false, url: null, errorMessage: null })
})

it('serves while it is on, and no longer', async () => {
  const { url } = await set({ running: true, port: 0 })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await set({ running: false })).toMatchObject({ running: false, url: null, port: 0 })
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

it('is as it was left after a restart', async () => {
  await set({ running: true, port: 0 })
  await engine.close()
  engine = await openEngine()
  await engine.restoreServer()
  const { url } = await state()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

it('lets in the web pages that were allowed, at once and after a restart', async () => {
  const page = 'https://reel.example.com'
  const statusFor = async (url: string | null, origin: string) =>
    (await fetch(`${url}/healthz`, { headers: { origin } })).status
  const { url } = await set({ running: true, port: 0 })
  expect(await statusFor(url, page)).toBe(403)
  const allowed = await set({ running: true, port: 0, allowedOrigins: [`${page}/`] })
  expect(allowed).toMatchObject({ url, allowedOrigins: [page] })
  expect([await statusFor(url, page), await statusFor(url, 'https://evil.example')]).toEqual([200, 403])
  await engine.close()
  engine = await openEngine()
  await engine.restoreServer()
  expect(await statusFor((await state()).url, page)).toBe(200)
  const { url: last, allowedOrigins } = await set({ running: true, port: 0, allowedOrigins: [] })
  expect([allowedOrigins, await statusFor(last, page)]).toEqual([[], 403])
  await expect(set({ running: true, allowedOrigins: ['*'] })).rejects.toThrow('https://reel.example.com')
})

it('tells the window when what was chosen runs again, which may be after the window asked', async () => {
  await set({ running: true, port: 0 })
  await engine.close()
  engine = await openEngine()
  const ended = new AbortController()
  const heard = engine.changes.follow(ended.signal).next()
  await engine.restoreServer()
  expect((await heard).value).toEqual({ topic: 'server', ids: {} })
  ended.abort()
  expect((await state()).running).toBe(true)
})

it('stays off on a port that is taken, and says why', async () => {
  const port = Number(new URL((await serve()).url).port)
  const { running, errorMessage } = await set({ running: true, port })
  expect([running, errorMessage]).toEqual([false, `Port ${port} of 127.0.0.1 is in use. Choose another one.`])
})
