/** Arguments that were mended, and what was wrong with them, in words for the model. */
export interface MendedArguments {
  readonly text: string
  readonly faults: readonly string[]
}

/**
 * Mends what a model got wrong in writing its arguments down, where they can mean one thing only; null where nothing
 * can be mended so.
 *
 * A code fence around them, a comma after the last member and an object encoded twice are taken away, each once. What
 * lacks its end is not closed: it may lack more than braces, and half the arguments are other arguments. No value is
 * ever guessed.
 */
export function mendArguments(argumentsText: string): MendedArguments | null {
  const faults: string[] = []
  let text = argumentsText
  for (const { fault, mend } of mendings) {
    const mended = mend(text)
    if (mended === null) continue
    text = mended
    faults.push(fault)
  }
  return faults.length > 0 && isObject(parsed(text)) ? { text, faults } : null
}

const mendings: readonly { readonly fault: string; readonly mend: (text: string) => string | null }[] = [
  { fault: 'a code fence around them', mend: withoutFence },
  { fault: 'a comma after the last member', mend: withoutTrailingCommas },
  { fault: 'an object encoded twice', mend: decodedOnce },
]

function withoutFence(text: string): string | null {
  return /^\s*```(?:json)?[ \t]*\r?\n([^]*?)\r?\n?```\s*$/i.exec(text)?.[1] ?? null
}

/** A comma counts where it stands outside of strings, behind a value and before a closing bracket. */
function withoutTrailingCommas(text: string): string | null {
  if (parsed(text) !== undefined) return null
  let before = ''
  const mended = text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|(,)(?=\s*[\]}])|\S/gs, (part, last?: string) => {
    if (last !== undefined && /["\]}\w]/.test(before)) return ''
    before = part.slice(-1)
    return part
  })
  return mended === text ? null : mended
}

function decodedOnce(text: string): string | null {
  const inner = parsed(text)
  return typeof inner === 'string' && isObject(parsed(inner)) ? inner : null
}

/** Undefined where a text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
