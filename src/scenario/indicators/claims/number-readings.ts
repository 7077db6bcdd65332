/** A number as people write it, with or without groups of thousands. */
export const numberPattern = String.raw`\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?`

/** The numbers that a text can mean, without signs, groups and needless zeros: 1,299.00 is 1299. */
export function numberReadings(text: string): string[] {
  const plain = text.replace(/['\u00a0\u202f ]/g, '')
  const readings = new Set([canonical(plain.replaceAll(',', ''))])
  // 24,90 and 1.299,00 as half the world writes them; of 1.299 and 1,299 both readings stand.
  if (/^\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?$|^\d+,\d{1,2}$/.test(plain)) {
    readings.add(canonical(plain.replaceAll('.', '').replace(',', '.')))
  }
  return [...readings]
}

/** An amount may be kept in its hundredths: 49.90 is supported by 4990. */
export function minorUnits(reading: string): string | null {
  const found = /^(\d+)(?:\.(\d{1,2}))?$/.exec(reading)
  return found === null ? null : canonical(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`)
}

function canonical(digits: string): string {
  const [whole = '', fraction = ''] = digits.split('.')
  const rest = fraction.replace(/(?<!0)0+$/, '')
  return `${whole.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`
}
