import { describe, expect, it } from 'vitest'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { acceptanceOf, findingOf, rateLimit } from '../_findings.ts'
import { badDay, everyState, goodDay, resultsOf, scenarioOf } from '../_sample.ts'

const plain = { colour: false, columns: 100 }

describe('renderTerminal', () => {
  it('tells a good day in a few lines', () => {
    expect(renderTerminal(goodDay, plain)).toMatchInlineSnapshot(`
      "PASS: 3 properties hold in 2 scenarios over 4,000 trials; 1 accepted finding
      4,000 trials, 22,964 calls, 6,248 of them struck by faults, 3 days of virtual time, seed 20260301

      pass  support agent under provider trouble (2,000 trials)
      pass  plain loop on the raw client (2,000 trials)
            incidents: 1 sev3, which calls nobody: it waits for working hours, and then for 60 min at most

      sev3  R4 retry.after in plain loop on the raw client
        violated in 205 of 2,000 trials; in the replay: attempt 2 of logical call 2 to "openai" began at
        1.480 s, but attempt 1 ended at 0.900 s with "retry-after: 20", so it may not begin before 20.900
        s
        step: call 3 at 1.480 s, call 3 asks gpt-4o again, attempt 2
        cause: the 2nd call of the model openai is answered 429 rate_limit_exceeded for its tokens per
        minute, to be retried after 20 s
        accepted (platform team, until 2026-06-30): The SDK caps Retry-After at 60 s; reported to its …
        npx shakedown replay eyJ2IjoxLCJzY2VuYXJpbyI6InN1cHBvcnQiLCJ0cmlhbCI6Mywic2VlZCI6MjAyNjAzMDEsInBsYW4iOnsiZmF1bHRzIjpbeyJpZCI6Im9wZW5haS40MjkudHBtIn1dfX0
      "
    `)
  })

  it('tells each finding with its witness, its smallest cause and the line that replays it', () => {
    expect(renderTerminal(badDay, plain)).toMatchInlineSnapshot(`
      "FAIL: 2 findings in 1 scenario
      6,000 trials, 34,446 calls, 9,372 of them struck by faults, 5 days of virtual time, seed 20260301

      FAIL  support agent under provider trouble (2,000 trials)
            incidents: 1 sev1, which calls the engineer on call and whoever answers for the safety of the
            agent, to respond within 5 min
            incidents: 1 sev3, which calls nobody: it waits for working hours, and then for 60 min at most
            vacuous, never put to the test: R5
            faults that never struck: policy violations
            outside the world, on real time: worker thread
            left running: timer in 12 trials
            acceptance of R1 that nothing used: remove it
      pass  support agent, calm weather (2,000 trials)
      pass  plain loop on the raw client (2,000 trials)
            incidents: 1 sev3, which calls nobody: it waits for working hours, and then for 60 min at most

      sev1  L11 effects.at-most-once in support agent under provider trouble
        violated in 57 of 2,000 trials; in the replay: effect "refund:A-1001" of tool "issue_refund" was
        applied at 0.810 s by call 3 and again at 31.320 s by call 4, a retry
        step: call 4 at 31.320 s, call 4 runs issue_refund again, attempt 2
        cause: the 1st call of the tool issue_refund does its work and is never answered
        cause: each call of the model openai from the 3rd to the 4th is answered 429 rate_limit_exceeded
        for its tokens per minute, to be retried after 20 s
        mend: Usually a call of unknown end is repeated: look up first whether its effect happened, or ask
        a person; send one key with all attempts where the service honours keys.
        npx shakedown replay eyJ2IjoxLCJzY2VuYXJpbyI6InN1cHBvcnQiLCJ0cmlhbCI6Mywic2VlZCI6MjAyNjAzMDEsInBsYW4iOnsiZmF1bHRzIjpbeyJpZCI6Im9wZW5haS40MjkudHBtIn1dfX0

      sev3  R4 retry.after in support agent under provider trouble
        violated in 412 of 2,000 trials; in the replay: attempt 2 of logical call 2 to "openai" began at
        1.480 s, but attempt 1 ended at 0.900 s with "retry-after: 20", so it may not begin before 20.900
        s
        step: call 3 at 1.480 s, call 3 asks gpt-4o again, attempt 2
        cause: the 2nd call of the model openai is answered 429 rate_limit_exceeded for its tokens per
        minute, to be retried after 20 s
        mend: Usually the client ignores or caps Retry-After: wait as long as it says, or give up where
        that is longer than the agent is to wait.
        npx shakedown replay eyJ2IjoxLCJzY2VuYXJpbyI6InN1cHBvcnQiLCJ0cmlhbCI6Mywic2VlZCI6MjAyNjAzMDEsInBsYW4iOnsiZmF1bHRzIjpbeyJpZCI6Im9wZW5haS40MjkudHBtIn1dfX0

      sev3  R4 retry.after in plain loop on the raw client
        violated in 205 of 2,000 trials; in the replay: attempt 2 of logical call 2 to "openai" began at
        1.480 s, but attempt 1 ended at 0.900 s with "retry-after: 20", so it may not begin before 20.900
        s
        step: call 3 at 1.480 s, call 3 asks gpt-4o again, attempt 2
        cause: the 2nd call of the model openai is answered 429 rate_limit_exceeded for its tokens per
        minute, to be retried after 20 s
        accepted (platform team, until 2026-06-30): The SDK caps Retry-After at 60 s; reported to its …
        npx shakedown replay eyJ2IjoxLCJzY2VuYXJpbyI6InN1cHBvcnQiLCJ0cmlhbCI6Mywic2VlZCI6MjAyNjAzMDEsInBsYW4iOnsiZmF1bHRzIjpbeyJpZCI6Im9wZW5haS40MjkudHBtIn1dfX0
      "
    `)
  })

  it('tells a finding in ten lines, however much there is to say', () => {
    const wordy = 'a sentence that goes on and on, '.repeat(200)
    const finding = findingOf({
      plan: { faults: Array.from({ length: 9 }, () => rateLimit) },
      witness: { sentence: wordy, at: 1_480, calls: [3], entry: null, spans: [] },
      timeline: [{ at: 1_480, kind: 'model', text: wordy, call: 3 }],
      accepted: acceptanceOf({ reason: wordy }),
    })
    const text = renderTerminal(resultsOf([scenarioOf(wordy, { findings: [finding] })]), { ...plain, columns: 80 })
    const lines = text.split('\n').slice(text.split('\n').findIndex((line) => line.startsWith('sev3  R4')))
    expect(lines.slice(0, -2).filter((line) => line.length > 80)).toEqual([])
    expect(lines.map((line) => line.slice(0, 50))).toMatchInlineSnapshot(`
      [
        "sev3  R4 retry.after in a sentence that goes on an",
        "  violated in 412 of 2,000 trials; in the replay: ",
        "  on, a sentence that goes on and on, a sentence t",
        "  that goes on and on, a sentence that goes on and",
        "  step: call 3 at 1.480 s, a sentence that goes on",
        "  cause: the 2nd call of the model openai is answe",
        "  for its tokens per minute, to be retried after 2",
        "  and 8 other faults",
        "  accepted (platform team, until 2026-06-30): a se",
        "  npx shakedown replay eyJ2IjoxLCJzY2VuYXJpbyI6InN",
        "",
      ]
    `)
  })

  it('shows ten findings in full, those that gate first, and counts the others', () => {
    const findings = Array.from({ length: 13 }, (_, index) =>
      findingOf({ property: `P${index}`, accepted: index < 5 ? acceptanceOf() : null }),
    )
    const lines = renderTerminal(resultsOf([scenarioOf('many', { findings })]), plain).split('\n')
    const shown = lines.flatMap((line) => /^sev1 {2}(P\d+) /.exec(line)?.[1] ?? [])
    expect(shown).toEqual(['P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12', 'P0', 'P1'])
    expect(lines.at(-2)).toBe('3 more findings in the report')
  })

  it('tells every state there is, and lets nothing hostile through', () => {
    const text = renderTerminal(everyState, plain)
    expect(text).toMatchSnapshot()
    expect(text).not.toMatch(/[^\P{C}\n]/u)
  })

  it('colours the words of status alone', () => {
    const coloured = renderTerminal(badDay, { ...plain, colour: true })
    expect(coloured).toContain('\u001b[1;31mFAIL: 2 findings in 1 scenario\u001b[0m')

    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(renderTerminal(badDay, plain))
  })

  it('breaks prose at the width of the terminal, and never the replay line', () => {
    const lines = renderTerminal(badDay, { ...plain, columns: 60 }).split('\n')
    const long = lines.filter((line) => line.length > 60)
    expect(long.length).toBeGreaterThan(0)
    expect(long.every((line) => /^ {2}npx shakedown replay \S+$/.test(line) || /^\S/.test(line))).toBe(true)
  })
})
