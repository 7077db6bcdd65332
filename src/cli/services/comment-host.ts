import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'

/** Where the comments of a pull or merge request are, and how they are asked for. */
export interface CommentHost {
  readonly service: 'GitHub' | 'GitLab'
  /** What its reader calls the request: `pull request 12`. */
  readonly place: string
  /** Of all comments; a comment has its identifier behind it, on GitHub in place of the request. */
  readonly commentsUrl: string
  readonly commentUrl: (id: number) => string
  readonly updateMethod: 'PATCH' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly token: string
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The host of a job, by what its service says in the environment.
 *
 * @param number of the pull or merge request, where the job does not say it
 * @throws {ShakedownError} of kind `usage` naming the variable that is missing
 */
export function commentHost(variables: Variables, number: number | undefined): CommentHost {
  if ((variables['GITHUB_REPOSITORY'] ?? '') !== '') return gitHub(variables, number)
  if ((variables['CI_PROJECT_ID'] ?? '') !== '') return gitLab(variables, number)
  throw usageError(
    'NO_HOST',
    'shakedown comment: neither GITHUB_REPOSITORY nor CI_PROJECT_ID is set; run it in a job of GitHub Actions or GitLab, or set what that job would.',
  )
}

function gitHub(variables: Variables, given: number | undefined): CommentHost {
  const token = needed(variables, 'GITHUB_TOKEN', 'pass ${{ github.token }} with the permission pull-requests: write')
  const repository = needed(variables, 'GITHUB_REPOSITORY', 'write owner/name')
  const number = given ?? pullRequest(variables)
  if (number === null) {
    throw usageError(
      'NO_PULL_REQUEST',
      'shakedown comment: this job is of no pull request; run it on pull_request, or give --number.',
    )
  }
  const api = `${variables['GITHUB_API_URL'] ?? 'https://api.github.com'}/repos/${repository}/issues`
  return {
    service: 'GitHub',
    place: `pull request ${number}`,
    commentsUrl: `${api}/${number}/comments`,
    commentUrl: (id) => `${api}/comments/${id}`,
    updateMethod: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    token,
  }
}

function gitLab(variables: Variables, given: number | undefined): CommentHost {
  const token = needed(
    variables,
    'GITLAB_TOKEN',
    'make a token with the scope api: the token of a job may not write notes',
  )
  const project = needed(variables, 'CI_PROJECT_ID', 'write the number of the project')
  const api = needed(variables, 'CI_API_V4_URL', 'write e.g. https://gitlab.com/api/v4')
  const number =
    given ?? Number(needed(variables, 'CI_MERGE_REQUEST_IID', 'run the job for merge requests, or give --number'))
  const notes = `${api}/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`
  return {
    service: 'GitLab',
    place: `merge request ${number}`,
    commentsUrl: notes,
    commentUrl: (id) => `${notes}/${id}`,
    updateMethod: 'PUT',
    headers: { 'private-token': token },
    token,
  }
}

function needed(variables: Variables, name: string, remedy: string): string {
  const value = variables[name] ?? ''
  if (value !== '') return value
  throw usageError('NO_VARIABLE', `shakedown comment: the variable ${name} is not set; ${remedy}.`)
}

const eventSchema = z.object({ pull_request: z.object({ number: z.int() }) })

/** The pull request of a job: of its ref, or of the event that started it. */
function pullRequest(variables: Variables): number | null {
  const ofRef = /^refs\/pull\/(\d+)\//.exec(variables['GITHUB_REF'] ?? '')?.[1]
  if (ofRef !== undefined) return Number(ofRef)
  try {
    const event = eventSchema.safeParse(JSON.parse(readFileSync(variables['GITHUB_EVENT_PATH'] ?? '', 'utf8')))
    return event.success ? event.data.pull_request.number : null
  } catch {
    return null
  }
}
