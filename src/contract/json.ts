import { z } from 'zod'

/** A value that survives a round trip through JSON; whatever is stored, printed or replayed is one. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object, the shape of tool arguments and fault parameters. */
export type JsonObject = { readonly [key: string]: Json }

/** Accepts any JSON value. */
export const jsonSchema: z.ZodType<Json> = z.json()

/** Accepts a JSON object. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema)
