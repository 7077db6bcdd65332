const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`

/** A day as people and programs write it, with a year. */
export const datePattern = [
  String.raw`\d{4}-\d{2}-\d{2}(?=$|\D)`,
  String.raw`\d{1,2}[./]\d{1,2}[./]\d{4}`,
  String.raw`\d{4}/\d{1,2}/\d{1,2}`,
  String.raw`${day}\.?\s+(?:of\s+)?${monthName}\.?,?\s+\d{4}`,
  String.raw`${monthName}\.?\s+${day},?\s+\d{4}`,
].join('|')

/** The days that a text can mean, as `2026-03-05`: of 05/03/2026 both, because who wrote it is not known. */
export function dateReadings(text: string): string[] {
  const numbers = (text.match(/\d+/g) ?? []).map(Number)
  const [first = 0, second = 0, third = 0] = numbers
  const name = /[a-z]{3}/i.exec(text.replace(/(\d)(?:st|nd|rd|th)/gi, '$1').replace(/\bof\b/gi, ''))?.[0]
  if (name !== undefined) return [isoDay(second, months.indexOf(name.toLowerCase()) + 1, first)]
  if (first > 31) return [isoDay(first, second, third)]
  const readings = [isoDay(third, second, first)]
  // Only what is written with strokes can begin with the month.
  if (text.includes('/')) readings.push(isoDay(third, first, second))
  return [...new Set(readings)]
}

function isoDay(year: number, month: number, dayOfMonth: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
