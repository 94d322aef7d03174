import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SseParser, type SseEvent } from '../../../renderer/features/pipeline/record/sse.ts'

const TEXT = 'data: {"a":"Zürich 東京"}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n'
const BYTES = new TextEncoder().encode(TEXT)

function parsed(cuts: readonly number[], from = 0): { events: SseEvent[]; parser: SseParser } {
  const parser = new SseParser(from)
  const places = [from, ...cuts.filter((cut) => cut > from).toSorted((a, b) => a - b), BYTES.length]
  const events = places.slice(1).flatMap((end, at) => parser.push(BYTES.slice(places[at], end)))
  return { events, parser }
}

it('tells each event with the bytes it takes', () => {
  const { events } = parsed([])
  expect(events.map(({ data }) => data)).toEqual(['{"a":"Zürich 東京"}', '{"b":2}', '[DONE]'])
  for (const { data, offset, length } of events) {
    expect(new TextDecoder().decode(BYTES.slice(offset, offset + length))).toBe(`data: ${data}\n\n`)
  }
})

it('tells the same however the bytes are cut, also within a character', () => {
  const whole = parsed([]).events
  fc.assert(
    fc.property(fc.array(fc.nat(BYTES.length)), (cuts) => {
      const { events, parser } = parsed(cuts)
      expect(events).toEqual(whole)
      expect(parser.position).toBe(BYTES.length)
    }),
  )
})

it('keeps the half of an event, and knows where to read on', () => {
  const parser = new SseParser()
  expect(parser.push(BYTES.slice(0, 10))).toEqual([])
  expect(parser.position).toBe(10)
  expect(parser.push(BYTES.slice(10))).toHaveLength(3)
})

it('counts from where it was begun', () => {
  const [first, second] = parsed([]).events
  expect(parsed([], first!.length).events[0]).toEqual(second)
})
