const mostCharacters = 600

/** Text as it is; one of many thousand signs in its beginning and how much more there is. */
export function printedText(text: string): string {
  if (text.length <= mostCharacters * 2) return text
  return `${text.slice(0, mostCharacters)}… and ${text.length - mostCharacters} more characters`
}

/** Bytes as text where they are that, and else with each byte that is no sign of ASCII as `\xe2`. */
export function printedBytes(bytes: Uint8Array): string {
  try {
    return printedText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    const signs = [...bytes].map((byte) =>
      isPlain(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    return printedText(signs.join(''))
  }
}

/** Of the control characters only those that lines are made of can stand in a page. */
function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09
}
