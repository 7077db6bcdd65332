import { createRequire } from 'node:module'
import type * as o200k from 'gpt-tokenizer/encoding/o200k_base'

type Encoding = typeof o200k

let loaded: Encoding | undefined

/**
 * The `o200k_base` encoding that current OpenAI models use.
 *
 * Its tables take longer to load than all the rest of a command, so they are loaded with the first text that is
 * counted, and without a wait, so that counting is a plain function.
 */
export function o200kEncoding(): Encoding {
  loaded ??= createRequire(import.meta.url)('gpt-tokenizer/encoding/o200k_base') as Encoding
  return loaded
}
