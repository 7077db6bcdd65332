import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Service, service, shakedownBeside } from './_service.ts'

const sample = join(import.meta.dirname, '../../reports/sample/results.json')
const token = 'ghs_secret0123456789'
const marker = '<!-- shakedown report: default -->'

/** A host whose comments are these; everything that is written is taken. */
function host(bodies: readonly string[]): Promise<Service> {
  return service(({ method, path }) => {
    if (method !== 'GET') return { status: 200, body: {} }
    const page = Number(new URL(path, 'http://host').searchParams.get('page'))
    const comments = bodies.map((body, index) => ({ id: 1_000 + index, body, system: false }))
    return { status: 200, body: comments.slice((page - 1) * 100, page * 100) }
  })
}

const onGitHub = ({ origin }: Service): Record<string, string> => ({
  GITHUB_API_URL: origin,
  GITHUB_REPOSITORY: 'acme/agent',
  GITHUB_REF: 'refs/pull/12/merge',
  GITHUB_TOKEN: token,
})

describe('shakedown comment', () => {
  it('writes the summary of a run on its pull request', async () => {
    await using github = await host(['looks good', `> ${marker}`])
    const { exitCode, stdout } = await shakedownBeside(['comment', sample], onGitHub(github))
    expect(exitCode).toBe(0)
    expect(stdout).toBe('The comment on pull request 12 was created.\n')
    expect(github.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/acme/agent/issues/12/comments?per_page=100&page=1',
      'POST /repos/acme/agent/issues/12/comments',
    ])
    expect(github.asked[1]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(github.asked[1]?.body).toEqual({ body: expect.stringMatching(new RegExp(`^${marker}\n# ✕ FAIL`)) })
    const [, { body }] = github.asked as unknown as [unknown, { body: { body: string } }]
    expect(body.body.length).toBeLessThan(65_536)
  })

  it('replaces the comment of an earlier run, on whichever page it is, and that of its key alone', async () => {
    const earlier = [
      ...Array.from({ length: 130 }, () => 'talk'),
      '<!-- shakedown report: other -->\nx',
      `${marker}\nold`,
    ]
    await using github = await host(earlier)
    const { stdout } = await shakedownBeside(['comment', sample], onGitHub(github))
    expect(stdout).toBe('The comment on pull request 12 was updated.\n')
    expect(github.asked.at(-1)).toMatchObject({ method: 'PATCH', path: '/repos/acme/agent/issues/comments/1131' })
    await shakedownBeside(['comment', sample, '--key', 'other', '--number', '7'], onGitHub(github))
    expect(github.asked.at(-1)).toMatchObject({ method: 'PATCH', path: '/repos/acme/agent/issues/comments/1130' })
    expect(github.asked.at(-2)?.path).toContain('/issues/7/comments')
  })

  it('does the same on a merge request of GitLab', async () => {
    await using gitlab = await host([`${marker}\nold`])
    const { stdout } = await shakedownBeside(['comment', sample], {
      CI_API_V4_URL: `${gitlab.origin}/api/v4`,
      CI_PROJECT_ID: '42',
      CI_MERGE_REQUEST_IID: '3',
      GITLAB_TOKEN: token,
    })
    expect(stdout).toBe('The comment on merge request 3 was updated.\n')
    expect(gitlab.asked.at(-1)).toMatchObject({
      method: 'PUT',
      path: '/api/v4/projects/42/merge_requests/3/notes/1000',
      headers: { 'private-token': token },
    })
  })

  it.each([
    ['a refusal', { status: 403, body: { message: `no rights for ${token}\u202E` } }, 2, 'GitHub answered 403'],
    ['a failure', { status: 502, body: {} }, 4, 'GitHub answered 502'],
    ['a redirect', { status: 302, body: {}, headers: { location: '/elsewhere' } }, 4, 'could not be asked'],
    ['silence', null, 4, 'could not be asked'],
  ] as const)('asks once where it meets %s, and tells nobody the token', async (_what, answer, code, sentence) => {
    await using github = await service(() => answer)
    const { exitCode, stdout, stderr } = await shakedownBeside(['comment', sample], onGitHub(github))
    expect(exitCode).toBe(code)
    expect(stderr).toContain(sentence)
    expect(stdout + stderr).not.toContain(token)
    expect(stderr).not.toContain('\u202E')
    expect(github.asked).toHaveLength(1)
  })

  it('names what is missing', async () => {
    const said = async (env: Record<string, string>): Promise<string> =>
      (await shakedownBeside(['comment', sample], env)).stderr
    expect(await said({})).toContain('neither GITHUB_REPOSITORY nor CI_PROJECT_ID is set')
    expect(await said({ GITHUB_REPOSITORY: 'a/b' })).toContain('the variable GITHUB_TOKEN is not set')
    expect(await said({ GITHUB_REPOSITORY: 'a/b', GITHUB_TOKEN: token })).toContain('this job is of no pull request')
  })
})
