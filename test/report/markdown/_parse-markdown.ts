import { parsers } from 'prettier/plugins/markdown'
import { z } from 'zod'

/** A node of a Markdown document, as Prettier's parser sees it. */
export interface MarkdownNode {
  readonly type: string
  readonly value?: string | undefined
  readonly children?: readonly MarkdownNode[] | undefined
}

const nodeSchema: z.ZodType<MarkdownNode> = z.object({
  type: z.string(),
  value: z.string().optional(),
  get children() {
    return z.array(nodeSchema).optional()
  },
})

/** All nodes of a document, in its order, as a reader of GitHub-flavoured Markdown finds them. */
export async function markdownNodes(text: string): Promise<MarkdownNode[]> {
  const options = { originalText: text }
  const root: unknown = await parsers.markdown.parse(text, options as never)
  return flatten(nodeSchema.parse(root))
}

function flatten(node: MarkdownNode): MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(flatten)]
}
