import { describe, expect, it } from 'vitest'
import { annotations } from '../../../src/report/github/annotations.ts'
import { annotationCommand } from '../../../src/report/github/workflow-command.ts'
import { inertLines } from '../../../src/report/inert-lines.ts'
import { printedJson } from '../../../src/report/printed-json.ts'
import { commandsIn } from '../_workflow-commands.ts'
import { days } from '../_days.ts'
import { findingOf } from '../_findings.ts'
import { badDay, goodDay, hostile, propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

describe.each(Object.entries(days))('the annotations of %s', (_name, results) => {
  const lines = annotations(results, 'packages/agent')
  const commands = commandsIn(lines.join('\n'))

  it('are a line each, of a kind that annotates', () => {
    expect(commands).toHaveLength(lines.length)
    for (const { command } of commands) expect(['error', 'warning']).toContain(command)
  })

  it('are there if and only if the run does not pass', () => {
    expect(lines.length > 0).toBe(results.verdict.exitCode !== 0)
  })
})

describe('annotations', () => {
  it('tell a finding at its scenario, with its cause and the line that replays it', () => {
    const found = commandsIn(annotations(badDay, 'packages/agent').join('\n'))
    expect(found.find(({ properties }) => properties.title?.startsWith('sev3: R4'))).toEqual({
      command: 'error',
      properties: {
        file: 'packages/agent/scenarios/support-agent-under-provider-trouble.scenario.ts',
        line: '1',
        title: 'sev3: R4 retry.after, support agent under provider trouble',
      },
      data: expect.stringMatching(/^attempt 2 of logical call 2 .*\n(.*\n)*Replay: npx shakedown replay eyJ2/),
    })
    expect(annotations(goodDay)).toEqual([])
  })

  it('tell what harms before what is late', () => {
    const titles = commandsIn(annotations(badDay).join('\n')).map(({ properties }) => properties.title ?? '')
    expect(titles.slice(0, 2).map((title) => title.split(' ').slice(0, 2))).toEqual([
      ['sev1:', 'L11'],
      ['sev3:', 'R4'],
    ])
  })

  it('are no more of a kind than a step shows, and the last says how many there are', () => {
    const many = Array.from({ length: 25 }, (_, index) => `X${index}`)
    const results = resultsOf([
      scenarioOf('many', {
        search: searchOf({ properties: many.map((id) => propertyOf(id, 'violated', 9, 9)) }),
        findings: many.map((property) => findingOf({ property })),
      }),
    ])
    const found = commandsIn(annotations(results).join('\n'))
    expect(found.map(({ command }) => command)).toEqual(Array.from({ length: 10 }, () => 'error'))
    expect(found.at(-1)?.data).toBe('16 more failures: see the summary of the job or the report.')
  })

  it('tell what a run warns of, which is about no file', () => {
    const warned = { ...goodDay, verdict: { ...goodDay.verdict, warnings: ['it expires soon'] } }
    expect(annotations(warned)).toEqual(['::warning title=Shakedown::it expires soon'])
  })
})

describe('annotationCommand', () => {
  it('is one command whatever the text, and reads as what it was', () => {
    const nasty = 'a%0Ab, c: d\n::error::e\r##[add-mask]f,title=g'
    const [found, ...others] = commandsIn(annotationCommand('warning', { file: nasty, line: 1, title: nasty }, nasty))
    expect(others).toEqual([])
    const line = nasty.replace('\n', '⟨U+000A⟩').replace('\r', '⟨U+000D⟩')
    expect(found).toEqual({
      command: 'warning',
      properties: { file: line, line: '1', title: line },
      data: nasty.replace('\r', '⟨U+000D⟩'),
    })
  })

  it('hides nothing of what an agent printed', () => {
    expect(annotationCommand('error', { title: hostile }, hostile)).not.toMatch(/\p{C}|[\u2028\u2029]/u)
  })
})

describe('printed text', () => {
  const orders = ['::set-output name=a::b', '  ::stop-commands::x', 'text ##[add-mask]secret', '\u00a0\u3000::error::x']

  it('gives a CI service no order', () => {
    expect(commandsIn(orders.join('\n'))).toHaveLength(orders.length)
    expect(commandsIn(inertLines(orders.join('\n')))).toEqual([])
    expect(inertLines('##vso[task.setvariable]x ##teamcity[y]')).not.toMatch(/##\w+\[/)
    expect(inertLines('a::b, ## heading, # [x]')).toBe('a::b, ## heading, # [x]')
  })

  it('of JSON stays the same value', () => {
    const json = printedJson({ orders })
    expect(commandsIn(json)).toEqual([])
    expect(JSON.parse(json)).toEqual({ orders })
  })
})
