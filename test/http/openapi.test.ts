import { createConfig, lintFromString } from '@redocly/openapi-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { examplesIn, PublishedApi } from './published-api.ts'
import { serve } from './scripted-server.ts'

let api: PublishedApi
beforeAll(async () => {
  api = await PublishedApi.of((await serve()).url)
})

/** `GET /path` of the operations that a test picks. */
function where(test: (one: ReturnType<PublishedApi['operations']>[number]) => boolean): string[] {
  return api
    .operations()
    .filter(test)
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
}

// ID-70 to ID-72

const bodyOf = (path: string, method: string) => api.description.paths[path]?.[method]?.requestBody

describe('/openapi.json, to those who make clients of it,', { timeout: 120_000 }, () => {
  it('passes the recommended rules of Redocly, but for paths of the published dialect that look alike', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source: JSON.stringify(api.description), config })
    const uploads = '/api/v2/video-uploads'
    const alike = (one: string, other: string) =>
      `no-ambiguous-paths: Paths should resolve unambiguously. Found two ambiguous paths: \`${uploads}${one}\` and \`${uploads}${other}\`.`
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([
      alike('/progress/{media_id}', '/{media_id}/resume'),
      alike('/{media_id}/resume', '/parts/{token}'),
    ])
  })

  it('has no schema that contains itself', () => {
    const { schemas = {} } = api.description.components
    const reached = (name: string, seen: Set<string>): Set<string> => {
      for (const [, next = ''] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
        if (!seen.has(next)) reached(next, seen.add(next))
      }
      return seen
    }
    expect(Object.keys(schemas).length).toBeGreaterThan(30)
    expect(Object.keys(schemas).filter((name) => reached(name, new Set()).has(name))).toEqual([])
  })

  it('gives an example of every JSON body and every JSON answer', () => {
    const isShown = (content: Record<string, { example?: unknown; examples?: unknown }> = {}) =>
      Object.values(content).every((one) => 'example' in one || 'examples' in one)
    const isBytes = (content: object = {}) => Object.keys(content).some((type) => /octet-stream|video|image/.test(type))
    const bare = where(({ operation: { requestBody, responses } }) =>
      [requestBody, ...Object.values(responses)].some((one) => !isBytes(one?.content) && !isShown(one?.content)),
    )
    expect(bare).toEqual([])
  })

  it('gives examples that their own schemas accept', () => {
    const examples = examplesIn(api.description)
    expect(examples.length).toBeGreaterThan(500)
    const wrong = examples.flatMap(({ schema, value }) => {
      const problem = api.problem(schema, value)
      return problem === null ? [] : [`${schema.join(' ')}: ${problem}`]
    })
    expect(wrong).toEqual([])
  })

  it('has a type for every parameter: booleans are booleans, numbers are numbers', () => {
    const typeOf = (path: string, name: string) =>
      api.description.paths[path]?.['get']?.parameters.find((parameter) => parameter.name === name)?.schema.type
    expect(typeOf('/api/v2/api-keys', 'include_inactive')).toBe('boolean')
    expect(typeOf('/api/v1/videos/{video_id}/analytics/dashboard', 'include_realtime')).toBe('boolean')
    expect(typeOf('/v1/video/tasks/{id}/stream', 'offset')).toBe('integer')
    expect(typeOf('/v1/video/tasks', 'limit')).toBe('integer')
    expect(
      where(({ operation }) => operation.parameters.some(({ schema }) => !('type' in schema || 'anyOf' in schema))),
    ).toEqual([])
  })

  it('has a title of a few words for every operation, and a sentence beside it', () => {
    const title = /^[A-Z][a-z]+( [A-Za-z]+){1,4}$/
    const untitled = where(({ operation: { summary, description } }) => {
      return !title.test(summary) || summary.length > 30 || !description.endsWith('.')
    })
    expect(untitled).toEqual([])
  })

  it('asks for a body only where one is needed', () => {
    expect(bodyOf('/api/v1/videos/{video_id}/share', 'post')?.required).toBe(false)
    expect(bodyOf('/api/v1/videos/{video_id}/track-view', 'post')?.required).toBe(true)
    expect(bodyOf('/v1/video/tasks/{id}/cancel', 'post')).toBeUndefined()
  })

  it('says that bytes are bytes', () => {
    const bytes = { schema: { type: 'string', format: 'binary' } }
    const part = bodyOf('/api/v2/video-uploads/parts/{token}', 'put')
    expect(part).toMatchObject({ required: true, content: { 'application/octet-stream': bytes } })
    const file = api.description.paths['/api/v2/videos/{video_id}/file']?.['get']
    expect(file?.responses['206']?.content).toEqual({ 'video/*': bytes })
  })

  it('describes the events of a stream', () => {
    const stream = api.description.paths['/v1/video/tasks/{id}/stream']?.['get']?.responses['200']
    expect(stream?.description).toContain('[DONE]')
    const place = ['paths', '/v1/video/tasks/{id}/stream', 'get', 'responses', '200', 'content', 'text/event-stream']
    expect(api.problem([...place, 'schema'], '[DONE]')).toBeNull()
    expect(api.problem([...place, 'schema'], { id: 'no chunk' })).not.toBeNull()
    expect(stream?.content?.['text/event-stream']?.schema).toEqual({ $ref: '#/components/schemas/VideoTaskEvent' })
  })

  it('puts every operation under a tag that is explained', () => {
    const tags = new Map(api.description.tags.map(({ name, description }) => [name, description]))
    expect(where(({ operation }) => operation.tags.length !== 1)).toEqual([])
    expect(where(({ operation }) => !tags.get(operation.tags[0] ?? '')?.endsWith('.'))).toEqual([])
    const used = new Set(api.operations().flatMap(({ operation }) => operation.tags))
    expect([...tags.keys()]).toEqual([...used])
  })
})
