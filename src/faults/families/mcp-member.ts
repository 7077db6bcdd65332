import type { JsonObject } from '../../contract/json.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'

/** A member that goes wrong in the words of the Model Context Protocol. */
export function mcpMember<Parameters extends JsonObject>(
  member: Omit<CatalogueMember<Parameters>, 'family' | 'targets'>,
): AnyMember {
  return defineMember({ seams: ['http', 'pipe'], ...member, family: 'MCP', targets: ['mcp'] })
}

/** Where most of the wire shapes come from. */
export const mcpSdk = 'MCP typescript-sdk 2.4.0'
