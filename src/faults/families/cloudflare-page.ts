import type { Reply } from '../../wire/reply.ts'

/** What Cloudflare calls its own statuses, which tell of the server behind it. */
const meanings = {
  520: 'Web server is returning an unknown error',
  522: 'Connection timed out',
  524: 'A timeout occurred',
} as const

export type CloudflareStatus = keyof typeof meanings

/**
 * Cloudflare's answer in place of the server behind it: a page for browsers, or the line that it gives to programs.
 *
 * The page begins and is titled as those in public issue threads of API clients; the name of the site before the title
 * is left out, so that every transport gives the same bytes, and the rest is shortened.
 */
export function cloudflareAnswer(status: CloudflareStatus, form: 'html' | 'text'): Reply {
  const headers = { server: 'cloudflare', 'cf-ray': '8c1f0d2b7a3e4f56-FRA', 'cache-control': 'private, no-store' }
  if (form === 'text') {
    const body = `error code: ${status}`
    return { status, headers: { ...headers, 'content-type': 'text/plain; charset=UTF-8' }, body }
  }
  const title = `${status}: ${meanings[status]}`
  const body = `<!DOCTYPE html>\n<!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]-->\n<!--[if gt IE 8]><!--> <html class="no-js" lang="en-US"> <!--<![endif]-->\n<head>\n<title>${title}</title>\n</head>\n<body>\n<div id="cf-wrapper"><h1>${meanings[status]}</h1><span>Error code ${status}</span></div>\n</body>\n</html>\n`
  return { status, headers: { ...headers, 'content-type': 'text/html; charset=UTF-8' }, body }
}
