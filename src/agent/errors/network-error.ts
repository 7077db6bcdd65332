const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT)$/
const broken = /^(ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|UND_ERR_\w+|HPE_\w+)$/

/** Whether a call failed below HTTP: refused, reset, cut in the body, not HTTP at all. */
export function isNetworkError(error: unknown): boolean {
  return (
    causes(error).some((cause) => neverConnected.test(codeOf(cause)) || broken.test(codeOf(cause))) ||
    (error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message))
  )
}

/** Whether a call failed before a byte of it was sent, so that it certainly had no effect. */
export function isNeverConnected(error: unknown): boolean {
  return causes(error).some((cause) => neverConnected.test(codeOf(cause)))
}

/** The error and what it wraps; fetch and the SDK put the socket's error one or two levels down. */
function causes(error: unknown): Error[] {
  const chain: Error[] = []
  for (let cause = error; cause instanceof Error && chain.length < 5; cause = cause.cause) chain.push(cause)
  return chain
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
