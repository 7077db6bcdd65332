import { type RequestProblem, requestProblem, unreadableBody } from './request-problem.ts'
import { type ResponsesRequest, responsesRequestSchema } from './response-request.ts'

/** A body as a request, or what is wrong with it. */
export type ReadRequest =
  | { readonly request: ResponsesRequest; readonly problem: null }
  | { readonly request: null; readonly problem: RequestProblem }

/** Parses the body of `POST /v1/responses`. */
export function readRequest(text: string): ReadRequest {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { request: null, problem: unreadableBody() }
  }
  const parsed = responsesRequestSchema.safeParse(body)
  if (parsed.success) return { request: parsed.data, problem: null }
  return { request: null, problem: requestProblem(body, parsed.error.issues) }
}
