import type { Results } from '../../results/results-schema.ts'
import { statusLooks } from '../status-look.ts'
import { pictureTone } from './picture-tones.ts'
import { faint, ink, textAt, widthOf, wrapped } from './picture-text.ts'
import { margin, pictureWidth } from './picture-size.ts'

/** Height of the band at the top. */
export const bandHeight = 222

/** The verdict, what it means for a deployment, and what was found. */
export function verdictBand({ verdict, edition }: Results): string[] {
  const { word, sign, advice, tone } = statusLooks[verdict.status]
  const { strong, soft } = pictureTone(tone)
  const [headline, summary] = [
    { size: 68, colour: strong, isBold: true },
    { size: 25, colour: ink },
  ]
  const room = pictureWidth - 2 * margin
  const label = `SHAKEDOWN RELIABILITY REPORT${edition === undefined ? '' : ' · PUBLIC EDITION'}`
  const after = margin + widthOf(`${sign} ${word}`, headline) + 28
  return [
    `<rect width="${pictureWidth}" height="${bandHeight}" fill="${soft}"/>`,
    `<rect width="14" height="${bandHeight}" fill="${strong}"/>`,
    textAt(margin, 50, label, { size: 17, colour: faint, isBold: true }),
    textAt(margin, 124, `${sign} ${word}`, headline),
    textAt(after, 120, advice, { size: 28, colour: ink, isBold: true }, pictureWidth - margin - after),
    ...wrapped(`${verdict.summary}.`, room, summary, 2).map((line, index) =>
      textAt(margin, 169 + index * 33, line, summary),
    ),
  ]
}
