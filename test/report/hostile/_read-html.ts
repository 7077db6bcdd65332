import { parsers } from 'prettier/plugins/html'
import { z } from 'zod'
import { resolved } from './_entities.ts'

interface HtmlNode {
  readonly kind: string
  readonly name?: string | undefined
  readonly value?: string | null | undefined
  readonly attrs?: readonly { readonly name: string; readonly value?: string | null | undefined }[] | undefined
  readonly children?: readonly HtmlNode[] | undefined
}

const nodeSchema: z.ZodType<HtmlNode> = z.object({
  kind: z.string(),
  name: z.string().optional(),
  value: z.string().nullish(),
  attrs: z.array(z.object({ name: z.string(), value: z.string().nullish() })).optional(),
  get children() {
    return z.array(nodeSchema).optional()
  },
})

/** A page as a browser finds it. */
export interface ReadPage {
  /** Each element with the names of its attributes, in their order, and each node that is neither element nor text. */
  readonly structure: readonly string[]
  /** Name and value of each attribute. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** What a reader sees, entities resolved. */
  readonly text: string
}

/** @throws {Error} where the page is not well-formed */
export async function readHtml(page: string): Promise<ReadPage> {
  const options = { originalText: page, name: 'html' }
  const root: unknown = await parsers.html.parse(page, options as never)
  const nodes = flatten(nodeSchema.parse(root))
  const attributes = nodes.flatMap(({ attrs }) => attrs ?? [])
  return {
    structure: nodes.flatMap(({ kind, name, attrs }) =>
      kind === 'text' ? [] : [`${kind} ${name ?? ''} ${(attrs ?? []).map((each) => each.name).join(' ')}`],
    ),
    attributes: attributes.map(({ name, value }) => [name, resolved(value ?? '')]),
    text: resolved(nodes.flatMap(({ kind, value }) => (kind === 'text' ? [value ?? ''] : [])).join(' ')),
  }
}

/** Styles and scripts are the page's own: their hash is in its policy. */
function flatten(node: HtmlNode): HtmlNode[] {
  const inside = node.name === 'style' || node.name === 'script' ? [] : (node.children ?? [])
  return [node, ...inside.flatMap(flatten)]
}
