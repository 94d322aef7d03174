import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../main/contract/index.ts'
import { HttpError } from '../../main/transport/http/errors.ts'
import { JsonOutline } from '../../main/transport/http/json-outline.ts'

const LONG = 5000
const MAX = 200_000
const PATH = ['input', null, 'data']
const long = (letter: string, length = LONG): string => letter.repeat(length)

interface Taken {
  readonly value: unknown
  readonly strings: readonly string[]
}

/** What an outline gives of a text in pieces; the name of the failure when it is refused. */
function take(pieces: readonly Buffer[], maxBytes = MAX): Taken | string {
  const outline = new JsonOutline({ path: PATH, placeholder: (index) => `secret ${index}`, maxBytes })
  const strings: string[] = []
  try {
    for (const piece of pieces) {
      for (const found of outline.scan(piece)) {
        if (found.kind === 'begin') strings.push('')
        else if (found.kind === 'text') strings.push((strings.pop() ?? '') + found.text)
      }
    }
    return { value: JSON.parse(outline.finish()) as unknown, strings }
  } catch (error) {
    if (error instanceof SyntaxError) return 'malformed'
    if (error instanceof EngineError) return error.code
    if (error instanceof HttpError) return String(error.statusCode)
    throw error
  }
}

const takeText = (text: string): Taken | string => take([Buffer.from(text)])

/** The body with its long strings put back. */
function whole({ value, strings }: Taken): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) => {
    const index = typeof one === 'string' ? /^secret (\d+)$/.exec(one)?.[1] : undefined
    return index === undefined ? one : strings[Number(index)]
  })
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

describe('an outline', () => {
  it('takes a long string out of its place, and nothing else', () => {
    const body = { steps: [{ data: long('s', 100) }], input: [{ type: 'video_base64', data: long('A') }], data: 'x' }
    const taken = takeText(JSON.stringify(body)) as Taken
    expect(taken.strings).toEqual([long('A')])
    expect(taken.value).toEqual({ ...body, input: [{ type: 'video_base64', data: 'secret 0' }] })
  })

  it.each([
    ['short', { input: [{ data: long('A', 4000) }] }],
    ['at the root', { data: long('A') }],
    ['not in a list', { input: { data: long('A') } }],
    ['too deep', { input: [[{ data: long('A') }]] }],
    ['deeper', { input: [{ more: { data: long('A') } }] }],
    ['below another name', { output: [{ data: long('A') }] }],
    ['under another name', { input: [{ dat: long('A') }] }],
    ['an element', { input: [{ data: [long('A')] }] }],
    ['a name itself', { input: [{ [long('A')]: 'data' }] }],
    ['within a list', [{ input: [{ data: long('A') }] }]],
  ])('leaves a string where it is that is %s', (_what, body) => {
    expect(takeText(JSON.stringify(body))).toEqual({ value: body, strings: [] })
  })

  it('knows names and letters that are spelled with escapes', () => {
    const text = `{ "\\u0069nput" : [ 1, { "d\\u0061t\\u0061" : "${'\\/\\u0041b\\u002F+'.repeat(1000)}" } ] }`
    expect(takeText(text)).toEqual({
      value: { input: [1, { data: 'secret 0' }] },
      strings: ['/Ab/+'.repeat(1000)],
    })
  })

  it('takes each of several, of which JSON keeps the last', () => {
    const text = `{"input":[{"data":"${long('A')}","data":"${long('B')}"},{"data":"${long('C')}"}]}`
    expect(takeText(text)).toEqual({
      value: { input: [{ data: 'secret 1' }, { data: 'secret 2' }] },
      strings: [long('A'), long('B'), long('C')],
    })
  })

  it('gives what JSON.parse gives, wherever the text is cut', () => {
    const letters = fc.constantFrom('A', '+', '\\', '"', '/', '\n', 'é', '🎬', '\u2028', '{', '}', '[', ']', ',', ':')
    const text = fc.array(letters, { minLength: 1, maxLength: 20 }).map((some) => some.join(''))
    const data = fc.oneof(
      text,
      text.map((some) => some.repeat(900)),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const one = fc.dictionary(fc.constantFrom('data', 'type', 'x', '"', '\\'), data, { maxKeys: 4 })
    const body = fc.dictionary(
      fc.constantFrom('input', 'steps', 'data', ''),
      fc.oneof(fc.array(one, { maxLength: 3 }), data),
      {
        maxKeys: 4,
      },
    )
    const spelled = fc.tuple(body, fc.constantFrom(0, 1, 2)).map(([value, spelling]) => {
      const json = JSON.stringify(value, null, spelling)
      return spelling === 2
        ? json.replace(/[A/é]/g, (some) => `\\u${some.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : json
    })
    fc.assert(
      fc.property(spelled, fc.array(fc.nat(200_000), { maxLength: 10 }), (json, places) => {
        const ascii = json.replace(/[^\0-\x7f]/g, (some) => `\\u${some.charCodeAt(0).toString(16).padStart(4, '0')}`)
        // Some of these bodies are longer than MAX, which is another test's matter.
        const taken = take(cut(Buffer.from(ascii), places), Infinity)
        expect(typeof taken === 'string' ? taken : whole(taken)).toEqual(JSON.parse(ascii))
      }),
      { numRuns: 500 },
    )
  })

  it.each(['\\\\', '\\\\\\\\', '\\n', '\\u00e9', '\\\\u00e9', '\\\\\\u00e9', '\\"'])(
    'keeps the escapes %s as they are, also where the string is found to be long',
    (escapes) => {
      for (let before = 4080; before <= 4100; before += 1) {
        const text = `{"input":[{"data":"${long('A', before)}${escapes}${long('B')}"}]}`
        expect(whole(takeText(text) as Taken)).toEqual(JSON.parse(text))
      }
    },
  )

  it('is the same at every single cut', () => {
    const text = `{"input":[{"data":"${'\\u0041\\/'.repeat(600)}AAAA","t":"\\\\"}],"s":[{"data":"\\""}]}`
    const bytes = Buffer.from(text)
    const expected = take([bytes])
    expect(expected).toMatchObject({ strings: ['A/'.repeat(600) + 'AAAA'] })
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(take([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected)
    }
    expect(take(Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1)))).toEqual(expected)
  })

  it.each([
    ['a string that breaks off', `{"input":[{"data":"${long('A')}`, 'malformed'],
    ['an object that breaks off', `{"input":[{"data":"${long('A')}"}]`, 'malformed'],
    ['something behind the end', `{"input":[{"data":"${long('A')}"}]}x`, 'malformed'],
    ['two bodies', `{"input":[{"data":"${long('A')}"}]}{}`, 'malformed'],
    ['an escape that JSON does not know', `{"input":[{"data":"${long('A')}\\x"}]}`, 'malformed'],
    ['a hexadecimal number that is none', `{"input":[{"data":"${long('A')}\\u00zz"}]}`, 'malformed'],
    ['an escape before it is long', `{"input":[{"data":"\\x${long('A')}"}]}`, 'malformed'],
    ['a control character', `{"input":[{"data":"${long('A')}\n"}]}`, 'malformed'],
    ['a comma too many', `{"input":[{"data":"${long('A')}",}]}`, 'malformed'],
    ['brackets without end', '['.repeat(20_000), '400'],
    ['brackets without end around it', `{"input":[{"x":${'['.repeat(70)}${']'.repeat(70)}}]}`, '400'],
    ['an outline without end', `{"input":[{"x":"${long('A', MAX)}"}]}`, '413'],
    ['a name without end', `{"${long('A', MAX)}":1}`, '413'],
  ])('is refused with %s', (_what, text, refusal) => {
    expect(takeText(text)).toBe(refusal)
    expect(take(cut(Buffer.from(text), [1, 20, 4099, 4100, 4117, 5000, 5020]))).toBe(refusal)
  })

  it.each(['\\', '"', '\\\\', '{', '[1],', '"a":', '\\"'])('takes no longer for %s than for anything else', (unit) => {
    const bytes = Buffer.from(`{"input":[{"data":"${unit.repeat(Math.ceil(2_000_000 / unit.length))}`)
    const start = performance.now()
    take(
      cut(
        bytes,
        Array.from({ length: 40 }, (_, at) => at * 50_000),
      ),
    )
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
