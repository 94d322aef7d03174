import type { PublishedApi } from './published-api.ts'

/** Asks as `fetch` does, and compares every request and answer with what the server publishes of itself. */
export class CheckedFetch {
  /** Operations that were asked, and those of them that answered with success. */
  readonly asked = new Set<string>()
  readonly succeeded = new Set<string>()
  /** Where an answer was not as it is described. */
  readonly problems: string[] = []
  readonly #api: PublishedApi

  constructor(api: PublishedApi) {
    this.#api = api
  }

  readonly fetch = async (target: Request | string, init?: RequestInit): Promise<Response> => {
    const request = new Request(target, init)
    const sent = request.headers.get('content-type')?.startsWith('application/json') ? await request.clone().text() : ''
    const response = await fetch(request)
    await this.#check(request, sent, response.clone())
    return response
  }

  async #check({ method, url }: Request, sent: string, response: Response): Promise<void> {
    const { pathname } = new URL(url)
    const problems = await this.#problemsOf(method.toLowerCase(), pathname, sent, response)
    this.problems.push(...problems.map((problem) => `${method} ${pathname} ${response.status}: ${problem}`))
  }

  async #problemsOf(method: string, pathname: string, sent: string, response: Response): Promise<string[]> {
    const found = this.#find(method, pathname)
    if (!found) return ['This operation is not described.']
    const { operation, place } = found
    this.asked.add(operation.operationId)
    if (response.ok) this.succeeded.add(operation.operationId)
    const problems: (string | null)[] = []
    const body = ['requestBody', 'content', 'application/json', 'schema']
    if (sent !== '' && response.ok) problems.push(this.#api.problem([...place, ...body], JSON.parse(sent)))
    const answer = operation.responses[response.status]
    if (!answer) return ['This status is not described.']
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    const described = Object.keys(answer.content ?? { '': {} }).find((one) => matches(one, type))
    if (described === undefined) return [`The type "${type}" is not described.`]
    const schema = [...place, 'responses', String(response.status), 'content', described, 'schema']
    if (type !== '') {
      problems.push(...(await valuesOf(type, response)).map((value) => this.#api.problem(schema, value)))
    }
    return problems.filter((problem) => problem !== null)
  }

  /** The operation of a path; one that is spelled out goes before one with parameters. */
  #find(method: string, pathname: string) {
    const [best] = this.#api
      .operations()
      .filter((one) => one.method === method && patternOf(one.path).test(pathname))
      .sort((one, other) => one.path.split('{').length - other.path.split('{').length)
    return best && { operation: best.operation, place: ['paths', best.path, method] }
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`)
}

function matches(described: string, type: string): boolean {
  return described.endsWith('/*') ? type.startsWith(described.slice(0, -1)) : described === type
}

/** What the schema of an answer describes: its JSON, its text, or the data of its events. */
async function valuesOf(type: string, response: Response): Promise<unknown[]> {
  if (/^(video|image)\//.test(type)) return []
  const text = await response.text()
  if (type === 'application/json') return [JSON.parse(text) as unknown]
  if (type !== 'text/event-stream') return [text]
  const events = text.split('\n\n').filter((event) => event !== '')
  return events.map((event) => {
    const data = event.replace(/^data: /, '')
    return data === '[DONE]' ? data : (JSON.parse(data) as unknown)
  })
}
