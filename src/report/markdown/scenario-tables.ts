import { grouped, quantity } from '../../results/quantity.ts'
import type { PropertyResult } from '../../results/results-schema.ts'
import { comparePropertyIds } from '../property-family.ts'
import { scenarioRemarks } from '../scenario-remarks.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { statusLooks } from '../status-look.ts'
import { trialsRun } from '../trials-run.ts'
import { folded } from './finding-block.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

const verdicts = ['holds', 'violated', 'vacuous', 'not applicable'] as const

const signs: Readonly<Record<PropertyResult['verdict'], string>> = {
  holds: '✓',
  violated: '✕',
  vacuous: '?',
  'not applicable': '–',
}

/** A line for each scenario: its verdict, its size, and how many properties came out how. */
export function scenarioTable(judged: readonly JudgedScenario[]): string {
  return markdownTable(
    [
      { title: 'Scenario' },
      { title: 'Verdict' },
      { title: 'Trials' },
      ...verdicts.map((title) => ({ title: `${signs[title]} ${title}`, isNumber: true })),
    ],
    judged.map(({ scenario: { name, search }, verdict }) => {
      const { sign, word } = statusLooks[verdict.status]
      const count = (of: string) => (search?.properties ?? []).filter((each) => each.verdict === of).length
      return [
        name,
        `${sign} ${word}`,
        search === null ? 'not searched' : trialsRun(search),
        ...verdicts.map((each) => grouped(count(each))),
      ]
    }),
  )
}

/** What a reader must know of a scenario besides its findings; none where there is nothing. */
export function remarkList({ scenario }: JudgedScenario): string[] {
  const remarks = scenarioRemarks(scenario)
  if (remarks.length === 0) return []
  return [`Of ${markdownText(scenario.name)}:\n\n${remarks.map((each) => `- ${markdownText(each)}`).join('\n')}`]
}

/** Every property that applies to a scenario, folded away, and the others counted; none where nothing was judged. */
export function propertyTable({ scenario: { name, search } }: JudgedScenario): string[] {
  if (search === null) return []
  const properties = search.properties
    .filter(({ verdict }) => verdict !== 'not applicable')
    .toSorted((a, b) => comparePropertyIds(a.id, b.id))
  const others = search.properties.length - properties.length
  const table = markdownTable(
    [
      { title: 'Property' },
      { title: 'Verdict' },
      { title: 'Triggers', isNumber: true },
      { title: 'Violations', isNumber: true },
    ],
    properties.map((each) => [
      `${each.id} ${each.name}`,
      `${signs[each.verdict]} ${each.verdict}`,
      grouped(each.triggers),
      grouped(each.violations),
    ]),
  )
  const rest =
    others === 0
      ? []
      : [
          `${quantity(others, 'property', 'properties')} not applicable: the agent does not claim what they would judge.`,
        ]
  return [folded(`Properties of ${name}`, [...(properties.length === 0 ? [] : [table]), ...rest].join('\n\n'))]
}
