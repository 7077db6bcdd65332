import type { Attributes } from '@opentelemetry/api'
import type { ModelAddress, TaskBegun } from '../events/observer.ts'
import { quietly } from '../events/quietly.ts'
import { attribute } from './conventions-1-41.ts'

/** What is told with everything of a task. */
export interface TaskFacts {
  readonly conversation: string
  readonly provider: string
  /** Values that are in no attribute. */
  readonly secrets: readonly string[]
}

export function factsOf({ task, address, secrets }: TaskBegun): TaskFacts {
  return { conversation: task.id, provider: address.provider, secrets }
}

/** Which model is asked, and where. */
export function addressAttributes({ provider, model, baseURL }: ModelAddress): Attributes {
  const url = quietly(() => new URL(baseURL))
  const port = url && (url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port))
  return {
    [attribute.provider]: provider,
    [attribute.requestModel]: model,
    ...(url ? { [attribute.serverAddress]: url.hostname, [attribute.serverPort]: port } : {}),
  }
}
