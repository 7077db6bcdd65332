import { openAiChat, toolBackend, toolResult } from 'shakedown'
import type { JsonObject, Upstream } from 'shakedown'
import { books } from './library-catalogue.ts'
import { backupModel, deskModel } from './resilience-model.ts'
import { resilienceNumbers } from './resilience-numbers.ts'

/** The addresses of everything that the library's agent may call. */
export const services = {
  primary: 'https://api.openai.com',
  backup: 'https://models.second-provider.test',
  catalogue: 'https://catalogue.harbour-library.test/books',
  reservations: 'https://desk.harbour-library.test/reservations',
}

/** A few tokens at a time: cuts fall inside words and arguments all the same, and a trial takes fewer events. */
const pace = { tokensPerChunk: 2, perChunkMs: 100 }

/** Two model endpoints, the catalogue, and the desk that reserves books. */
export function resilienceWorld(): Upstream[] {
  return [
    openAiChat({ name: 'primary', origin: services.primary, script: deskModel, pace }),
    openAiChat({
      name: 'backup',
      origin: services.backup,
      script: backupModel,
      windowTokens: resilienceNumbers.backupWindowTokens,
      pace,
    }),
    catalogue(),
    reservations(),
  ]
}

function catalogue(): Upstream {
  return toolBackend({
    tool: 'find_book',
    method: 'GET',
    url: `${services.catalogue}/:book_id`,
    handle({ arguments: args }) {
      const book = books.get(bookIdOf(args))
      return book === undefined ? toolResult({ error: 'no such book' }, 404) : toolResult(book)
    },
  })
}

/** It knows no idempotency keys: the same request twice is two reservations. */
function reservations(): Upstream {
  return toolBackend({
    tool: 'reserve_book',
    method: 'POST',
    url: services.reservations,
    latencyMs: 250,
    handle({ arguments: args, applyEffect }) {
      const bookId = bookIdOf(args)
      if (!books.has(bookId)) return toolResult({ error: 'no such book' }, 404)
      applyEffect(`reserve_book:${bookId}`, args)
      return toolResult({ book_id: bookId, status: 'reserved' })
    },
  })
}

function bookIdOf(args: JsonObject): string {
  const value = args['book_id']
  return typeof value === 'string' ? value : ''
}
