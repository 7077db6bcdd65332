import type { Secret } from '../contract/secret.ts'
import { secretForms } from './secret-forms.ts'

/** A clipped value may end inside a secret; from this many characters on, its beginning counts as the secret. */
const tellingPrefix = 4

interface Needle {
  readonly text: string
  readonly name: string
}

/**
 * Makes the function that takes secrets, in all their forms, out of a sentence, and leaves their names.
 *
 * Witnesses quote what agents and models wrote, and are stored and published.
 */
export function secretRedactor(secrets: readonly Secret[]): (sentence: string) => string {
  const needles: readonly Needle[] = secrets
    .flatMap((secret) => secretForms(secret).map(({ text }) => ({ text, name: secret.name })))
    .sort((a, b) => b.text.length - a.text.length)
  return (sentence) => needles.reduce((text, needle) => withoutClipped(without(text, needle), needle), sentence)
}

function without(sentence: string, { text, name }: Needle): string {
  const found = sentence.toLowerCase().indexOf(text)
  if (found < 0) return sentence
  const rest = sentence.slice(found + text.length)
  return `${sentence.slice(0, found)}[secret ${name}]${without(rest, { text, name })}`
}

function withoutClipped(sentence: string, { text, name }: Needle): string {
  const clips = sentence.split('…')
  const last = clips.pop() ?? ''
  return [...clips.map((clip) => withoutPrefix(clip, text, name)), last].join('…')
}

function withoutPrefix(clip: string, text: string, name: string): string {
  const lower = clip.toLowerCase()
  for (let length = Math.min(text.length - 1, clip.length); length >= tellingPrefix; length--) {
    if (lower.endsWith(text.slice(0, length))) return `${clip.slice(0, -length)}[secret ${name}]`
  }
  return clip
}
