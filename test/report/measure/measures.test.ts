import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderJunit } from '../../../src/report/junit/render-junit.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { readResults } from '../../../src/results/read-results.ts'
import { everyMeasure } from '../_measures.ts'
import { badDay, measuredDay, resultsOf, scenarioOf } from '../_sample.ts'

/** As every report gets them: from the file. */
const measured = readResults(JSON.stringify(measuredDay), 'the sample')
const page = renderHtml(measured, null).replace(/<style>[\s\S]*<\/style>/, '')
const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('a report of measures', () => {
  it('tells each declared value with level, share, exact interval and counts', () => {
    expect(text).toContain('Accuracy declaration 1.2.0 of support agent ✓ valid on the day of the run')
    expect(text).toContain('task success tool failures 97 % 90.20 % 88.81 to 91.47 % 1,804 of 2,000 ✕ refuted')
    expect(text).toContain('tasks without a timeout none that measures it 99 % nothing counted ✕ unmeasured')
    expect(text).toContain('1 upheld, 1 refuted, 1 inconclusive, 1 no claim, 1 unmeasured Declared Condition Level')
    expect(page).toContain('<details class="prints">\n<summary>1 upheld</summary>')
    expect(text).toContain('graded trials of the refund scenario')
    expect(text).toContain('so nothing is claimed')
  })

  it('tells the measures of each condition and kind of task with their intervals, and what was not counted', () => {
    expect(text).toContain('2,000 17 not counted: the workload cancels them on purpose 90.20 % 88.81 to 91.47 %')
    expect(text).toContain('99.23 % 98.61 to 99.62 % 2.41 2.38 to 2.45, at most 7 1.84 s / 6.2 s / 31 s')
    expect(text).toContain('questions without faults 696 99.28 %')
    expect(text).toContain('2,000 tasks never ended')
  })

  it('has one interval for a share, the one that decides, and others by their names in one table alone', () => {
    const [decides, wilson] = ['88.81 to 91.47 %', '88.81 to 91.43 %']
    expect(text.split(decides).length).toBeGreaterThan(6)
    expect(text.split(wilson)).toHaveLength(2)
    expect(text).toContain('Condition Solved Decides: exact, these tasks Wilson, these tasks without faults')
    expect(text).toContain(`tool failures 90.20 % ${decides} ${wilson}`)
    expect(renderMarkdown(measured, null)).not.toContain(wilson)
  })

  it('says how many causes it tells of how many', () => {
    expect(text).toContain(' 2 causes found ')
    const [condition] = everyMeasure.conditions.filter(({ attribution }) => attribution.causes.length > 0)
    if (condition === undefined) throw new Error('the sample has lost its causes')
    const { attribution } = condition
    const causes = Array.from({ length: 20 }, () => attribution.causes[0] ?? [])
    const conditions = [{ ...condition, attribution: { ...attribution, causes } }]
    const results = readResults(
      JSON.stringify(resultsOf([scenarioOf('measured', { measure: { ...everyMeasure, conditions } as never })])),
      'the sample',
    )
    expect(renderHtml(results, null)).toContain('The first 5 of 20 causes found; results.json has all')
    expect(renderMarkdown(results, null)).toContain('The first 3 of 20 causes found; results.json has all')
  })

  it('draws task success with its levels, and says so to those who do not see it', () => {
    expect(page).toContain('>Task success by condition</title>')
    expect(page.match(/class="level"/g)).toHaveLength(5)
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('books the failures', () => {
    expect(text).toContain(
      '196 tasks failed; of these the first 20 were run again without faults. Booked: 14 on the back ends of tools, 5 on several of these together, 1 organic, failing without any fault.',
    )
    expect(text).toContain('without faults 9 tasks failed, and none was examined.')
    expect(text).toContain('the refund was issued twice; booked on several of these together, because the 2nd call')
    expect(text).toContain('1 other cause alone would do as well')
  })

  it('says in the summary and on the terminal what it says on the page', () => {
    const summary = renderMarkdown(measured, null)
    expect(summary).toContain(
      '| ✕ refuted | task success declared 97 %, under tool failures | 90.20 % (88.81 to 91.47 %; 1,804 of 2,000) | agent that is measured |',
    )
    expect(summary).toContain(
      '| tool failures | 2,000 (17 not counted: the workload cancels them on purpose) | 90.20 % (88.81 to 91.47 %) |',
    )
    expect(summary).toContain('**Why tasks failed, tool failures.** 196 tasks failed')
    const terminal = renderTerminal(measured, { colour: false, columns: 400 })
    expect(terminal).toContain(
      '\n      refuted: task_success of at least 97 % is declared under tool failures: 1,804 of 2,000',
    )
    expect(terminal).toContain('\n      declared or set as objectives: 1 upheld, 1 met\n')
  })

  it('tells error budgets and dependencies, what is spent in full sentences', () => {
    const left = '−92.38 % of the budget is left; not counted: 17 to be cancelled by the workload, 4 caused by openai'
    const objective = 'task success at least 95 %, under tool failures'
    expect(text).toContain('Error budgets Budget Objective Left')
    expect(text).toContain(
      `✕ exhausted ${objective} −92.38 % 192 of 99.80 17, the workload cancels them on purpose; 4, caused by openai Degrade gracefully`,
    )
    expect(text).toContain('✕ broken openai at 99.9 %, under tool failures 1,990 / 10 / 3 −400.00 %')
    const summary = renderMarkdown(measured, null)
    expect(summary).toContain('**Error budgets of agent that is measured**')
    expect(summary).toContain(`| ✕ exhausted | ${objective} | −92.38 % | 192 of 99.80 |`)
    expect(summary).toContain('| ✕ broken | openai at 99.9 %, under tool failures | 1,990 / 10 / 3 | −400.00 % |')
    const terminal = renderTerminal(measured, { colour: false, columns: 400 })
    expect(terminal).toContain(`error budget exhausted: ${objective}: `)
    expect(terminal).toContain(left)
    expect(terminal).toContain('99.9 % was promised, and broken: 4 tasks that failed')
  })

  it('fails what is broken and reports what is undecided as an error in the JUnit file', () => {
    const file = renderJunit(measured)
    expect(file).toContain(
      'name="declaration: task success declared 97 %, under tool failures" time="0">\n      <failure type="refuted"',
    )
    expect(file).toContain(
      'name="objective: 99 % of tasks settled within 30 s, under tool failures" time="0">\n      <error type="inconclusive"',
    )
    expect(file).toContain('name="objective: timeout rate at most 2 %, without faults" time="0"/>')
  })

  it('answers what a run is asked before a deploy, in words', () => {
    const question = 'Does the agent degrade gracefully or fail catastrophically?'
    expect(text).toContain(`${question} ✓ gracefully Gracefully: every measured trial ended by itself.`)
    expect(renderMarkdown(measured, null)).toContain(
      `- ✓ **${question}** Gracefully: every measured trial ended by itself.`,
    )
    expect(renderTerminal(measured, { colour: false, columns: 400 })).toContain(`${question} gracefully\n`)
  })

  it('tells what only all trials together show', () => {
    expect(text).toContain('R6 retry.jitter over all trials: of 4,120 gaps 97 % lie within a tenth of the range')
    expect(renderMarkdown(measured, null)).toContain('- R6 retry.jitter is violated over all trials: of 4,120 gaps')
    expect(renderJunit(measured)).toContain('<failure type="violated" message="of 4,120 gaps')
  })

  it('is silent about measures where there are none', () => {
    expect(renderHtml(badDay, null)).not.toMatch(/Declarations and objectives|Measured at fixed rates/)
    expect(renderMarkdown(badDay, null)).not.toMatch(/Measures|Declarations/)
  })

  it('adds the trials of measures to the size of the run', () => {
    const lone = resultsOf([scenarioOf('lone', { search: null, measure: everyMeasure })])
    expect(renderTerminal(lone, { colour: false, columns: 400 })).toContain('\n8,000 trials, 36,000 calls')
  })
})
