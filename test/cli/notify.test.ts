import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderWebhook } from '../../src/report/webhook/render-webhook.ts'
import { days } from '../report/_days.ts'
import { badDay, hostile } from '../report/_sample.ts'
import { service, shakedownBeside } from './_service.ts'

const sample = join(import.meta.dirname, '../../reports/sample/results.json')

describe('shakedown notify', () => {
  it('tells a webhook what a run came to, with the page of the job', async () => {
    await using chat = await service(() => ({ status: 200, body: 'ok' }))
    const { exitCode, stdout } = await shakedownBeside(['notify', sample], {
      SHAKEDOWN_WEBHOOK: `${chat.origin}/services/T0/B0/secret`,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/agent',
      GITHUB_RUN_ID: '77',
    })
    expect([exitCode, stdout]).toEqual([0, 'The webhook was told.\n'])
    expect(chat.asked).toMatchObject([{ method: 'POST', path: '/services/T0/B0/secret' }])
    expect(chat.asked[0]?.body).toMatchObject({
      text: expect.stringMatching(
        /^Shakedown: FAIL: .*\n• (.*\n)+https:\/\/github\.com\/acme\/agent\/actions\/runs\/77$/,
      ),
      verdict: 'fail',
      exitCode: 1,
      reason: expect.stringContaining(': '),
      counts: { scenarios: 3, findings: expect.any(Number), accepted: expect.any(Number) },
      links: ['https://github.com/acme/agent/actions/runs/77'],
    })
  })

  it.each([
    ['refuses', { status: 404, body: 'no_service' }],
    ['fails', { status: 500, body: {} }],
    ['sends elsewhere', { status: 307, body: {}, headers: { location: '/elsewhere' } }],
    ['hangs up', null],
  ] as const)('warns where a webhook %s, once, without its address', async (_what, answer) => {
    await using chat = await service(() => answer)
    const told = await shakedownBeside(['notify', sample], {
      HOOK: `${chat.origin}/services/secret`,
      SHAKEDOWN_WEBHOOK: '',
    })
    expect(told.exitCode).toBe(2)
    const { exitCode, stderr } = await shakedownBeside(['notify', sample, '--webhook-env', 'HOOK'], {
      HOOK: `${chat.origin}/services/secret`,
    })
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Warning: the webhook at ${chat.origin} `)
    expect(stderr).not.toContain('services/secret')
    expect(chat.asked).toHaveLength(1)
  })
})

describe('what a webhook is told', () => {
  it.each(Object.entries(days))('is a few kilobytes for %s', (_name, results) => {
    const text = renderWebhook(results, null)
    expect(text.length).toBeLessThan(8_000)
    expect(JSON.parse(text)).toMatchObject({ verdict: results.verdict.status, exitCode: results.verdict.exitCode })
  })

  it('calls nobody and links nothing of what an agent printed', () => {
    const said = `${hostile} <!channel> <@U1> @here [x](http://evil.example) &`
    const told = { ...badDay, verdict: { ...badDay.verdict, reasons: [said] } }
    const { text } = JSON.parse(renderWebhook(told, null))
    expect(text).not.toMatch(/<|>|@\w|:\/\/|\]\(|[^\P{C}\n]/u)
    expect(text).toContain('&lt;! channel&gt;')
  })
})
