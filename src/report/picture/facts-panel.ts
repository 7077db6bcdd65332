import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import { overviewView } from '../html/overview-view.ts'
import { findingViews } from '../html/finding-view.ts'
import { subjectFacts } from '../html/subject-view.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { rightColumn } from './picture-size.ts'
import { faint, ink, textAt } from './picture-text.ts'
import { pictureTone } from './picture-tones.ts'

const { x, width } = rightColumn
const line = 30
/** Told large, in tiles. */
const tiles: ReadonlySet<string> = new Set(['Scenarios', 'Trials', 'Faults delivered'])
const entry = 54
const mostDeclarations = 3
const mostFindings = 4

/** What was tested and how much, the declarations, and what was found: as much as there is room for. */
export function factsPanel(results: Results, environment: Environment | null, top: number, bottom: number): string[] {
  const judged = scenarioVerdicts(results)
  const views = judged
    .flatMap(findingViews)
    .toSorted((a, b) => Number(a.state === 'accepted') - Number(b.state === 'accepted'))
  const { declarations } = overviewView(judged, views)
  const facts = subjectFacts(results, environment).filter(({ label }) => !tiles.has(label))
  const belowFacts = top + 36 + facts.length * line + 26
  const shown = declarations.slice(0, mostDeclarations)
  const belowDeclarations = shown.length === 0 ? belowFacts : belowFacts + 30 + shown.length * entry + 26
  const room = Math.max(0, Math.floor((bottom - belowDeclarations - 20) / entry))
  const found = views.slice(0, Math.min(room, mostFindings))
  return [
    heading('What was tested', top),
    ...facts.flatMap(({ label, text }, index) => factAt(top + 36 + index * line, label, text)),
    ...(shown.length === 0 ? [] : [heading(headingOf('Declarations', shown.length, declarations.length), belowFacts)]),
    ...shown.flatMap(({ title, count, tone, validity, until }, index) =>
      entryAt(belowFacts + 34 + index * entry, title, `${validity.sign} ${count}, until ${until}`, 'ink', tone),
    ),
    heading(views.length === 0 ? 'No findings' : headingOf('Findings', found.length, views.length), belowDeclarations),
    ...found.flatMap(({ property, name, state, tone, frequency, scenario }, index) =>
      entryAt(
        belowDeclarations + 34 + index * entry,
        `${property} ${name}${state === 'open' ? '' : `, ${state}`}`,
        `${frequency} of ${scenario}`,
        tone,
        'none',
      ),
    ),
  ]
}

function factAt(y: number, label: string, text: string): string[] {
  return [
    textAt(x, y, label, { size: 18, colour: faint }),
    textAt(x + 165, y, text, { size: 18, isBold: true }, width - 165),
  ]
}

function entryAt(y: number, text: string, detail: string, tone: string, detailTone: string): string[] {
  const colour = tone === 'ink' ? ink : pictureTone(tone).strong
  return [
    textAt(x, y, text, { size: 18, colour, isBold: true }, width),
    textAt(x, y + 22, detail, { size: 16, colour: pictureTone(detailTone).strong }, width),
  ]
}

function heading(text: string, y: number): string {
  return textAt(x, y, text, { size: 22, isBold: true }, width)
}

function headingOf(noun: string, shown: number, all: number): string {
  return shown === all ? noun : `${noun}, ${shown} of ${all}`
}
