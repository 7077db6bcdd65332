import type { Reply } from '../../wire/reply.ts'

const titles = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
} as const

/** nginx's default error page: what a gateway sends when the service behind it does not answer. */
export function gatewayPage(status: keyof typeof titles): Reply {
  const title = titles[status]
  const body = `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>`
  return { status, headers: { 'content-type': 'text/html' }, body }
}
