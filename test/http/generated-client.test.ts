import { readFile } from 'node:fs/promises'
import path from 'node:path'
import openapiTypes, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { padFilm } from '../support/padded-film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CheckedFetch } from './checked-fetch.ts'
import { liveServer, OWNER } from './live-server.ts'
import { PublishedApi } from './published-api.ts'

const FLOW = path.resolve('test/fixtures/generated-client/flow.ts')
const TYPES = path.resolve('test/fixtures/generated-client/api.d.ts')

const server = liveServer()
let api: PublishedApi
beforeAll(async () => {
  api = await PublishedApi.of(server.url)
})

/** What TypeScript says of the flow, at its strictest, when `api.d.ts` beside it holds these types. */
function problemsOf(types: string): string[] {
  const options: ts.CompilerOptions = {
    ...{
      strict: true,
      noEmit: true,
      noUncheckedIndexedAccess: true,
      noImplicitReturns: true,
      skipDefaultLibCheck: true,
    },
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true },
    ...{ lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [] },
  }
  const host = ts.createCompilerHost(options)
  const { readFile: read, fileExists: exists } = host
  host.readFile = (file) => (path.resolve(file) === TYPES ? types : read(file))
  host.fileExists = (file) => path.resolve(file) === TYPES || exists(file)
  const program = ts.createProgram([FLOW], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0
    return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

describe('a client that openapi-typescript generates from the running server', { timeout: 240_000 }, () => {
  it('compiles strictly', async () => {
    const types = astToString(await openapiTypes(JSON.stringify(api.description)))
    expect(types).toContain('export interface paths')
    expect(problemsOf(types)).toEqual([])
    // A mistake in the flow would be found.
    expect(problemsOf(types.replaceAll('upload_id', 'uploadId')).join()).toContain("'upload_id'")
  })

  it('uploads in parts, reads scenes, runs a task, shares an album and handles keys, all of it as described', async () => {
    const film = await padFilm(path.join(await temporaryFolder(), 'film.mp4'), 25 * 1024 * 1024)
    const checked = new CheckedFetch(api)
    const connection = { baseUrl: server.url, key: OWNER, fetch: checked.fetch }
    const flow = (await import(/* @vite-ignore */ FLOW)) as Flow
    const { api: client, keyId } = await flow.makeKey(connection)
    const mediaId = await flow.upload(client, new Blob([await readFile(film)]))
    const scenes = await flow.readScenes(client, mediaId)
    expect(scenes.title).toBe('Dock')
    expect(scenes.scenes).toBeGreaterThan(0)
    expect(scenes.pictureBytes).toBeGreaterThan(1000)
    const people = await flow.findPeople(client, mediaId)
    expect(people).toMatchObject({ reason: 'stop', classes: new Set(['person']) })
    expect(people.events).toBeGreaterThan(2)
    expect(await flow.shareAlbum(client, connection, mediaId)).toEqual({
      ...{ titles: ['Trips'], items: 1, statuses: [204, 404], said: 'There is no such album.' },
    })
    expect(await flow.giveKeyBack(client, keyId)).toEqual({
      ...{ name: 'Lorry', listed: true, deleted: 204, after: 'INVALID_API_KEY' },
    })
    expect(checked.problems).toEqual([])
    expect(checked.asked.size).toBeGreaterThan(18)
  })
})

/** What test/fixtures/generated-client/flow.ts exports; no program but the one above can read its types. */
interface Flow {
  makeKey(connection: object): Promise<{ api: object; keyId: string }>
  upload(api: object, film: Blob): Promise<string>
  readScenes(api: object, mediaId: string): Promise<{ title: string; scenes: number; pictureBytes: number }>
  findPeople(api: object, mediaId: string): Promise<{ events: number; reason: string; classes: Set<string> }>
  shareAlbum(api: object, connection: object, mediaId: string): Promise<object>
  giveKeyBack(api: object, keyId: string): Promise<object>
}
