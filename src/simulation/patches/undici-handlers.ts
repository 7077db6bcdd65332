/** Response headers as undici 7 and later hand them on. */
export type ResponseHeaders = Record<string, string | string[]>

/** The handler of undici 7 and later. */
export interface Handler {
  onRequestStart?(controller: Controller, context: unknown): void
  onResponseStart?(controller: Controller, status: number, headers: ResponseHeaders, statusText: string): void
  onResponseData?(controller: Controller, chunk: Buffer): void
  onResponseEnd?(controller: Controller, trailers: ResponseHeaders): void
  onResponseError?(controller: Controller, error: Error): void
}

/** The handler of undici 6 and before, which Node 22 brings along. */
export interface LegacyHandler {
  onConnect(abort: (reason?: Error) => void): void
  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void, statusText: string): boolean
  onData(chunk: Buffer): boolean
  onComplete(trailers: Buffer[]): void
  onError(error: Error): void
}

/** The state that undici's handlers read and steer. */
export class Controller {
  paused = false
  reason: Error | null = null
  onResume: (() => void) | undefined
  readonly #cancel = new AbortController()

  get aborted(): boolean {
    return this.#cancel.signal.aborted
  }
  get signal(): AbortSignal {
    return this.#cancel.signal
  }
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.paused = false
    this.onResume?.()
  }
  abort(reason: Error): void {
    this.reason = reason
    this.#cancel.abort(reason)
    this.onResume?.()
  }
}

/** Lets a dispatcher speak the newer form to whichever handler it was given. */
export function toHandler(handler: Handler | LegacyHandler): Handler {
  if (!('onConnect' in handler) || 'onRequestStart' in handler) return handler as Handler
  return {
    onRequestStart: (controller) => handler.onConnect((reason) => controller.abort(reason ?? new Error('aborted'))),
    onResponseStart(controller, status, headers, statusText) {
      const goesOn = handler.onHeaders(status, toRawHeaders(headers), () => controller.resume(), statusText)
      if (!goesOn) controller.pause()
    },
    onResponseData(controller, chunk) {
      if (!handler.onData(chunk)) controller.pause()
    },
    onResponseEnd: () => handler.onComplete([]),
    onResponseError: (_controller, error) => handler.onError(error),
  }
}

/** Lets a dispatcher of undici 6 serve a handler of the newer form. */
export function toLegacyHandler(handler: Handler): LegacyHandler {
  const controller = new Controller()
  return {
    onConnect(abort) {
      controller.signal.addEventListener('abort', () => abort(controller.reason ?? undefined), { once: true })
      handler.onRequestStart?.(controller, {})
    },
    onHeaders(status, rawHeaders, resume, statusText) {
      controller.onResume = resume
      handler.onResponseStart?.(controller, status, fromRawHeaders(rawHeaders), statusText)
      return !controller.paused
    },
    onData(chunk) {
      handler.onResponseData?.(controller, chunk)
      return !controller.paused
    },
    onComplete: () => handler.onResponseEnd?.(controller, {}),
    onError: (error) => handler.onResponseError?.(controller, error),
  }
}

function toRawHeaders(headers: ResponseHeaders): Buffer[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [Buffer.from(name), Buffer.from(value)]),
  )
}

function fromRawHeaders(rawHeaders: readonly Buffer[]): ResponseHeaders {
  const headers: ResponseHeaders = {}
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    addHeader(headers, String(rawHeaders[index]).toLowerCase(), String(rawHeaders[index + 1]))
  }
  return headers
}

/** Adds a header to those of the same name. */
export function addHeader(headers: ResponseHeaders, name: string, value: string): void {
  const before = headers[name]
  headers[name] = before === undefined ? value : [before, value].flat()
}
