import * as fc from 'fast-check'
import { z } from 'zod'
import { anyFunction } from '../../wire/seam.ts'
import { type AnyMember, type Draw, defineMember } from '../catalogue-member.ts'
import { isOfFunction } from './at-function.ts'
import { onValue } from './changed-value.ts'
import { drawn, isPlain, leavesOf, valueAt, withPart } from './value-parts.ts'

const none = z.strictObject({})
const common = {
  family: 'tool failures',
  targets: ['tool'],
  seams: ['http', ...anyFunction],
  bookedOn: 'tool',
  parameters: none,
  arbitrary: fc.constant({}),
} as const

const injectors = 'tool fault injectors of agent frameworks (strands, balagan, agent-chaos)'
const drift = 'AGT tool_wrong_schema; back ends change between releases'

/** Answers of tools that come with success and are not what was agreed. */
export const toolValueMembers: readonly AnyMember[] = [
  defineMember({
    ...common,
    id: 'tool.null',
    summary: 'the tool answers with success and null',
    source: injectors,
    strike: () => onValue(() => null),
  }),
  defineMember({
    ...common,
    id: 'tool.nothing',
    summary: 'the tool answers with success and nothing: an empty body, or undefined',
    source: injectors,
    strike: () => onValue(() => undefined),
  }),
  defineMember({
    ...common,
    id: 'tool.field_removed',
    summary: 'a field of the answer is missing',
    source: injectors,
    strike: (_call, _none, draw) => onValue((value) => withoutField(value, draw('field'))),
  }),
  defineMember({
    ...common,
    id: 'tool.corrupted',
    summary: 'one text or number of the answer is wrong',
    source: injectors,
    strike: (_call, _none, draw) => onValue((value) => onLeaf(value, draw, corrupted)),
  }),
  defineMember({
    ...common,
    id: 'tool.wrong_type',
    summary: 'one part of the answer has another type: a text where a number was, a list where a text was',
    source: drift,
    strike: (_call, _none, draw) => onValue((value) => onLeaf(value, draw, retyped)),
  }),
  defineMember({
    ...common,
    id: 'tool.renamed',
    summary: 'the fields of the answer have other names: order_id for orderId, and the other way round',
    source: drift,
    strike: () => onValue(renamed),
  }),
  defineMember({
    ...common,
    id: 'tool.binary',
    summary: 'a text of the answer holds what is no UTF-8: a stray byte over HTTP, half a surrogate pair in a value',
    source: injectors,
    strike: (call, _none, draw) =>
      onValue((value) =>
        isOfFunction(call) ? onText(value, draw, halfPair) : brokenBytes(onText(value, draw, marked)),
      ),
  }),
]

function withoutField(value: unknown, uniform: number): unknown {
  if (Array.isArray(value)) return withFirst(value, (item) => withoutField(item, uniform))
  const name = isPlain(value) ? drawn(Object.keys(value), uniform) : undefined
  if (name === undefined || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== name))
}

function withFirst(items: readonly unknown[], change: (item: unknown) => unknown): unknown {
  return items.map((item, index) => (index === 0 ? change(item) : item))
}

/** Changes one text, number or boolean of a value, drawn among all. */
export function onLeaf(value: unknown, draw: Draw, change: (leaf: unknown) => unknown): unknown {
  const path = drawn(leavesOf(value), draw('part'))
  return path === undefined ? value : withPart(value, path, change)
}

/** Another value of the same type: the characters of a text in reverse, a number ten times as large and one more. */
export function corrupted(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf * 10 + 1
  if (typeof leaf === 'boolean') return !leaf
  const reversed = [...String(leaf)].toReversed().join('')
  return reversed === leaf ? `${reversed}?` : reversed
}

function retyped(leaf: unknown): unknown {
  return typeof leaf === 'string' ? [leaf] : String(leaf)
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [otherName(name), renamed(field)]))
}

function otherName(name: string): string {
  if (/[a-z][A-Z]/.test(name)) return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (/_[a-z]/.test(name)) return name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  return `${name}_value`
}

function onText(value: unknown, draw: Draw, change: (text: string) => string): unknown {
  const texts = leavesOf(value).filter((path) => typeof valueAt(value, path) === 'string')
  const path = drawn(texts, draw('text'))
  return path === undefined ? value : withPart(value, path, (text) => change(String(text)))
}

const halfPair = (text: string): string => `${text}\ud83d`

/** Stands in a text for the byte that is none, until it is bytes. */
const mark = '\ue000'
const marked = (text: string): string => `${text}${mark}`

function brokenBytes(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const [before, after] = text.split(mark)
  if (after === undefined) return value
  return Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff]), Buffer.from(after)])
}
