import { z } from 'zod'
import { askService } from './ask-service.ts'
import type { CommentHost } from './comment-host.ts'

const commentsSchema = z.array(z.object({ id: z.int(), body: z.string().nullish() }))

/** Comments are asked for in pages; who has more of them than this gets a new one. */
const pages = { size: 100, most: 50 } as const

/**
 * Replaces the comment that begins with a marker, or writes it where there is none.
 *
 * @throws {ShakedownError} where the host refuses or does not answer
 */
export async function putComment(host: CommentHost, marker: string, body: string): Promise<'updated' | 'created'> {
  const id = await findComment(host, marker)
  const request = { service: host.service, headers: host.headers, secret: host.token, body: JSON.stringify({ body }) }
  if (id === null) await askService({ ...request, method: 'POST', url: host.commentsUrl })
  else await askService({ ...request, method: host.updateMethod, url: host.commentUrl(id) })
  return id === null ? 'created' : 'updated'
}

async function findComment(host: CommentHost, marker: string): Promise<number | null> {
  for (let page = 1; page <= pages.most; page += 1) {
    const url = `${host.commentsUrl}?per_page=${pages.size}&page=${page}`
    const answer = await askService({ ...host, method: 'GET', url, secret: host.token })
    const comments = commentsSchema.safeParse(answer)
    const found = comments.data?.find(({ body }) => body?.startsWith(marker) === true)
    if (found !== undefined) return found.id
    if ((comments.data?.length ?? 0) < pages.size) return null
  }
  return null
}
