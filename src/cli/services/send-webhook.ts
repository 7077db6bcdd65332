import { renderWebhook } from '../../report/webhook/render-webhook.ts'
import type { Results } from '../../results/results-schema.ts'
import { askService } from './ask-service.ts'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Posts what a run came to, and hands back a warning where nobody took it: news that cannot be told changes no verdict.
 *
 * @param url a secret: who knows the address of a webhook may write to it
 */
export async function sendWebhook(url: string, results: Results, link: string | null): Promise<string | null> {
  const { origin } = new URL(url)
  const service = `the webhook at ${origin}`
  try {
    const body = renderWebhook(results, link)
    await askService({ service, method: 'POST', url, headers: {}, body, secret: url.slice(origin.length + 1) || url })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The page of the job that is running, as its service says; null outside one. */
export function jobLink(variables: Variables): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, CI_JOB_URL: job } = variables
  if (server !== undefined && repository !== undefined && run !== undefined)
    return `${server}/${repository}/actions/runs/${run}`
  return job ?? null
}
