import dns from 'node:dns'
import { isIP } from 'node:net'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Ask = (this: unknown, ...args: unknown[]) => unknown

const questions = /^(lookup|lookupService|reverse|resolve\w*)$/

/** Refuses name resolution inside a world, in all its forms: names are the first step out of it. */
export function patchNames(patches: PatchSet): void {
  const withCallbacks = [dns, dns.Resolver.prototype]
  for (const target of withCallbacks) guardAll(patches, target, refuseByCallback)
  const withPromises = [dns.promises, dns.promises.Resolver.prototype]
  for (const target of withPromises) guardAll(patches, target, (error) => Promise.reject(error))
}

function guardAll(patches: PatchSet, target: object, refuse: (error: Error, args: unknown[]) => unknown): void {
  // The question methods of a resolver are inherited, or own properties of its prototype, depending on the form.
  const names = new Set([...Object.keys(target), ...Object.getOwnPropertyNames(Object.getPrototypeOf(target))])
  for (const name of Object.getOwnPropertyNames(target)) names.add(name)
  for (const name of names) {
    const real: unknown = Reflect.get(target, name)
    if (!questions.test(name) || typeof real !== 'function') continue
    const ask = real as Ask
    function guarded(this: unknown, ...args: unknown[]): unknown {
      const world = currentContext()?.world
      // An address is no question: servers ask for the one they listen on.
      if (world === undefined || isIP(String(args[0])) > 0) return ask.apply(this, args)
      const hostname = String(args[0])
      const details = { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }
      return refuse(Object.assign(world.network.refuse(hostname), details), args)
    }
    patches.replace(target, name, resemble(guarded, ask))
  }
}

function refuseByCallback(error: Error, args: unknown[]): object {
  const callback = args.at(-1)
  if (typeof callback !== 'function') throw error
  process.nextTick(callback, error)
  return {}
}
