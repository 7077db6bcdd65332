import { describe, expect, it } from 'vitest'
import { renderIncident } from '../../../src/report/markdown/render-incident.ts'
import type { Finding, ScenarioResult } from '../../../src/results/results-schema.ts'
import { findingOf } from '../_findings.ts'
import { everyMeasure } from '../_measures.ts'
import { everyState, resultsOf, scenarioOf } from '../_sample.ts'
import { markdownNodes } from './_parse-markdown.ts'

function draftOf(finding: Finding, changes: Partial<ScenarioResult> = {}): string {
  const scenario = scenarioOf('desk', { findings: [finding], ...changes })
  return renderIncident({ finding, scenario }, resultsOf([scenario]))
}

describe('the draft of a post-incident review', () => {
  const draft = draftOf(findingOf({ property: 'P1' }), { measure: everyMeasure })

  it('has the parts of an ordinary one', () => {
    const headings = draft.split('\n').filter((line) => line.startsWith('## '))
    expect(headings.map((line) => line.slice(3))).toEqual([
      ...['Summary', 'Impact', 'Timeline', 'Trigger', 'Contributing causes', 'Provider', 'Detection'],
      ...['First actions', 'Resolution', 'Action items'],
    ])
  })

  it('says how grave it is and how soon somebody must be there', () => {
    expect(draft).toContain(
      '**Severity:** sev1, the agent does harm, or something unsafe; it calls the engineer on call and whoever answers for the safety of the agent, to respond within 5 min.',
    )
    expect(draft).toContain('- [ ] Take the agent out of service at once.')
  })

  it('says what happened, how often, when and what caused it', () => {
    expect(draft).toContain('attempt 2 of logical call 2 to "openai" began at 1.480 s')
    expect(draft).toContain('- Violated in 412 of 2,000 trials in the search.')
    expect(draft).toContain('- Error budget of task success, tool failures: 192 of 1,996 were bad')
    expect(draft).toContain('| 0.7 s | proves it | call 2 asks gpt-4o, 4 messages, 498 tokens |')
    expect(draft).toContain('One fault is enough:\n\n- the 2nd call of the model openai')
    expect(draft).toContain('- tool failures: 196 tasks failed; of these the first 20 were run again without faults.')
    expect(draft).toContain('in trial 3 of seed 20260301')
    expect(draft).toMatch(/```sh\nnpx shakedown replay eyJ/)
  })

  it('documents apart what a provider did', () => {
    const [, section = ''] = /## Provider\n\n([\s\S]*?)\n\n## /.exec(draft) ?? []
    expect(section).toContain("Not the agent's to mend, and documented apart:")
    expect(section).toContain('openai answered 1,990 of 2,000 calls well')
    expect(draftOf(findingOf())).toContain('No upstream is known to have broken a promise in this run.')
  })

  it('lets nothing hostile through', async () => {
    const scenario = everyState.scenarios.find(({ name }) => name.startsWith('hostile'))
    const [finding] = scenario?.findings ?? []
    if (scenario === undefined || finding === undefined) throw new Error('the sample has lost its hostile scenario')
    const text = renderIncident({ finding, scenario }, everyState)
    const nodes = await markdownNodes(text)
    expect(nodes.filter(({ type }) => ['html', 'link', 'image', 'inlineCode'].includes(type))).toEqual([])
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E\u200B]/)
  })
})
