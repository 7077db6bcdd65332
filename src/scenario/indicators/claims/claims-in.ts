import type { CheckableClaim, ClaimKind } from './checkable-claim.ts'
import { datePattern, dateReadings } from './date-readings.ts'
import { minorUnits, numberPattern, numberReadings } from './number-readings.ts'

const currency = String.raw`[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD)\b`

/** What is found first at a place is what it is: the digits of a date are no numbers. */
const pattern = new RegExp(
  [
    String.raw`(?<url>https?://[^\s<>"'\x60)\]}]+)`,
    String.raw`(?<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
    String.raw`(?<date>(?<![\w-])(?:${datePattern}))`,
    String.raw`(?<time>(?:(?<![\w:])|(?<=\dT))\d{1,2}:\d{2}(?!\d)(?::\d{2}(?:\.\d+)?Z?)?)`,
    String.raw`(?<amount>(?:${currency})\s?(?:${numberPattern})|(?:${numberPattern})\s?(?:${currency}))`,
    String.raw`(?<identifier>(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z_])(?!\d+-?[A-Za-z]+(?![\w-]))\w+(?:-\w+)*)`,
    String.raw`(?<number>(?<![\w.,])(?:${numberPattern}))`,
  ].join('|'),
  'gi',
)

/**
 * The claims in a text that can be checked: web and e-mail addresses, dates and times, amounts and other numbers, and
 * identifiers, which are words with both letters and digits, such as A-1001.
 *
 * The ordinals of a numbered list are none, and neither are numbers in words.
 */
export function claimsIn(text: string): CheckableClaim[] {
  const prose = text.replace(/^[ \t]*\d{1,2}[.)](?=\s)/gm, '')
  return [...prose.matchAll(pattern)].map(({ 0: words, groups = {} }) => {
    const { url, mail, date, time, amount, identifier } = groups
    if (url !== undefined) return claim('URL', url.replace(/(?<![.,;:!?])[.,;:!?]+$/, ''), (of) => [of.toLowerCase()])
    if (mail !== undefined) return claim('e-mail address', mail, (of) => [of.toLowerCase()])
    if (date !== undefined) return claim('date', date, dateReadings)
    if (time !== undefined) return claim('time', time, (of) => [`0${of.slice(0, of.indexOf(':') + 3)}`.slice(-5)])
    if (amount !== undefined) return claim('number', amount, amountReadings)
    if (identifier !== undefined) return claim('identifier', identifier, (of) => [of.toLowerCase()])
    return claim('number', words, numberReadings)
  })
}

function amountReadings(text: string): string[] {
  const number = /\d(?:.*\d)?/.exec(text)?.[0] ?? ''
  return numberReadings(number).flatMap((reading) => {
    const minor = minorUnits(reading)
    return minor === null ? [reading] : [reading, minor]
  })
}

function claim(kind: ClaimKind, text: string, read: (text: string) => readonly string[]): CheckableClaim {
  return { kind, text, readings: read(text).map((reading) => `${kind} ${reading}`) }
}
