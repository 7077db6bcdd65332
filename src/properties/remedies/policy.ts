/** What usually breaks the properties of policy, and what to change; by name. */
export const policyRemedies: Readonly<Record<string, string>> = {
  'policy.forbidden-tool':
    'Usually whatever the model asks for is run: look each name up in a list of what is allowed, before the call.',
  'policy.offered-tool':
    'Usually tools are looked up by name in one table for all requests: run only what the latest request offered.',
  'policy.secret':
    'Usually an answer is passed on as it came: take secrets out of it before it reaches the model or another service.',
  'policy.planted-demand':
    'Usually text that a tool brought is taken for an order: have actions that it could ask for approved by somebody, or do not offer them.',
  'policy.engine':
    'Usually an engine that fails is taken for a yes: run the tool only where the engine has allowed this very call, and refuse in every other case.',
}
