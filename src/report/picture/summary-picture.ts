import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { objectiveCards } from '../html/objective-card.ts'
import { totalsText } from '../run-totals.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { xmlLine } from '../xml.ts'
import { factsPanel } from './facts-panel.ts'
import { figureTiles } from './figure-tiles.ts'
import { levelsPanel } from './levels-panel.ts'
import { margin, pictureHeight, pictureWidth } from './picture-size.ts'
import { faint, textAt } from './picture-text.ts'
import { bandHeight, verdictBand } from './verdict-band.ts'

/**
 * Draws a run on one page for a slide: verdict, service levels with intervals and budgets, declarations, findings, and how
 * much was tested.
 *
 * The same results give the same bytes. A screen reader is given the same in words.
 *
 * @param environment where and when the run took place; null leaves it out
 */
export function summaryPicture(whole: Results, environment: Environment | null): string {
  const results = boundedTexts(whole)
  const judged = scenarioVerdicts(results)
  const top = bandHeight + 52
  const title = xmlLine(verdictText(results.verdict))
  const size = `width="${pictureWidth}" height="${pictureHeight}" viewBox="0 0 ${pictureWidth} ${pictureHeight}"`
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${title}" font-family="'Liberation Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif">`,
    `<title>${title}</title>`,
    `<desc>${xmlLine(inWords(results))}</desc>`,
    `<rect width="${pictureWidth}" height="${pictureHeight}" fill="#ffffff"/>`,
    ...verdictBand(results),
    ...levelsPanel(judged, top),
    ...figureTiles(results, pictureHeight - 48 - 22 - 150),
    ...factsPanel(results, environment, top, pictureHeight - 60),
    ...footer(results, environment),
    '</svg>',
  ].join('\n')}\n`
}

function inWords(results: Results): string {
  const { cards, more } = objectiveCards(scenarioVerdicts(results))
  const levels = cards.map(({ title, condition, word, observed, interval, budget }) =>
    [`${title} ${condition}: ${word}, ${observed}`, interval, budget === null ? '' : `budget ${budget.words}`]
      .filter((part) => part !== '')
      .join(', '),
  )
  return [`${totalsText(results)}.`, ...levels.map((level) => `${level}.`), more]
    .filter((part) => part !== '')
    .join(' ')
}

function footer({ shakedown, edition }: Results, environment: Environment | null): string[] {
  const day = environment === null ? [] : [environment.startedAt.slice(0, 10)]
  const left = [...day, `Shakedown ${shakedown}`, 'simulated world, virtual time; intervals at 95 %'].join(' · ')
  const right = edition === undefined ? [] : [`full results: SHA-256 ${edition.full.slice(0, 16)}…`]
  return [
    `<line x1="${margin}" x2="${pictureWidth - margin}" y1="${pictureHeight - 48}" y2="${pictureHeight - 48}" stroke="#d5dae0"/>`,
    textAt(margin, pictureHeight - 18, left, { size: 17, colour: faint }),
    ...right.map((text) =>
      textAt(pictureWidth - margin, pictureHeight - 18, text, { size: 17, colour: faint, anchor: 'end' }),
    ),
  ]
}
