/** Gives out keys; those of a service may change while a program runs. */
export interface ApiKeys {
  /** Makes a call with the key of the moment, and may make it once more with another. */
  use<Result>(attempt: (apiKey: string) => Promise<Result>, signal: AbortSignal): Promise<Result>
}

/** Runs a call on the client of the key of the moment. */
type WithClient<Client> = <Result>(signal: AbortSignal, call: (client: Client) => Promise<Result>) => Promise<Result>

/** Opens a client for a key, and another when the key has changed. */
export function clientPerKey<Client>(apiKey: string | ApiKeys, open: (apiKey: string) => Client): WithClient<Client> {
  if (typeof apiKey === 'string') {
    const client = open(apiKey)
    return (_signal, call) => call(client)
  }
  let latest: { readonly key: string; readonly client: Client } | null = null
  return (signal, call) =>
    apiKey.use((key) => {
      if (latest?.key !== key) latest = { key, client: open(key) }
      return call(latest.client)
    }, signal)
}
