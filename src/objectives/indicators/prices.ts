import { z } from 'zod'
import { decimalInMillionths } from './decimal.ts'

/** A price for a million tokens, as a decimal with at most six digits after the point: `2.50` or `"2.50"`. */
const perMillion = z
  .union([z.number(), z.string()])
  .refine((value) => decimalInMillionths(value) !== null, 'expected a price such as "2.50", with at most six decimals')

const modelPriceSchema = z.strictObject({
  inputPerMillion: perMillion,
  outputPerMillion: perMillion,
  /** Of input tokens that the provider had cached; absent: they cost as much as others. */
  cachedInputPerMillion: perMillion.optional(),
})

/**
 * What tokens cost, by the name of the model as requests have it.
 *
 * There is no built-in list: it would age, and a price that is not there makes a cost unknown instead of wrong.
 */
export const pricesSchema = z.strictObject({
  /** In whose units the prices are, e.g. `USD`. */
  currency: z.string().min(1),
  models: z.record(z.string().min(1), modelPriceSchema),
})

export type PricesInput = z.input<typeof pricesSchema>
export type Prices = z.output<typeof pricesSchema>

/** One whole number of cost stands for so little of the currency: a millionth of a token at a millionth a million. */
export const costUnit = 1e12

/** Tokens of one model call. */
export interface TokenUse {
  /** All of the input, the cached part included. */
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

/** What tokens of a model cost, in millionths of a millionth of the currency; null for a model without a price. */
export function costOf({ models }: Prices, model: string, { input, cachedInput, output }: TokenUse): bigint | null {
  const price = Object.hasOwn(models, model) ? models[model] : undefined
  if (price === undefined) return null
  const { inputPerMillion, outputPerMillion, cachedInputPerMillion = inputPerMillion } = price
  const cost = (tokens: number, per: string | number) => BigInt(tokens) * (decimalInMillionths(per) ?? 0n)
  return (
    cost(input - cachedInput, inputPerMillion) +
    cost(cachedInput, cachedInputPerMillion) +
    cost(output, outputPerMillion)
  )
}
