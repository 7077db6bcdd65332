import { syncBuiltinESMExports } from 'node:module'
import { harnessError } from '../../contract/errors.ts'

/** Replacements of properties that can be undone exactly, in reverse order. */
export class PatchSet {
  readonly #undo: (() => void)[] = []

  /** Replaces a property's value, keeping everything else of its descriptor. */
  replace<Target extends object>(target: Target, key: PropertyKey, value: unknown): void {
    const original = Object.getOwnPropertyDescriptor(target, key)
    const { enumerable, configurable, writable } = original ?? { enumerable: false }
    if (configurable === false) {
      if (writable !== true) {
        throw harnessError(
          'UNPATCHABLE',
          `"${String(key)}" cannot be replaced in this process: it is neither configurable nor writable, so whatever froze it must load after Shakedown.`,
        )
      }
      Reflect.set(target, key, value)
    } else {
      Object.defineProperty(target, key, { value, enumerable: enumerable ?? false, configurable: true, writable: true })
    }
    this.#undo.push(() => {
      if (original === undefined) Reflect.deleteProperty(target, key)
      else if (original.configurable === false) Reflect.set(target, key, original.value)
      else Object.defineProperty(target, key, original)
    })
  }

  /** Replaces a getter. */
  replaceGetter<Target extends object>(target: Target, key: PropertyKey, get: (this: unknown) => unknown): void {
    const original = Object.getOwnPropertyDescriptor(target, key)
    Object.defineProperty(target, key, { ...original, get, configurable: true })
    this.#undo.push(() => {
      if (original === undefined) Reflect.deleteProperty(target, key)
      else Object.defineProperty(target, key, original)
    })
  }

  /** Registers what else must be undone. */
  onRestore(undo: () => void): void {
    this.#undo.push(undo)
  }

  /** Makes `import { x } from 'node:…'` see the replaced CommonJS exports. */
  publish(): void {
    syncBuiltinESMExports()
  }

  restore(): void {
    for (const undo of this.#undo.reverse()) undo()
    this.#undo.length = 0
    syncBuiltinESMExports()
  }
}

/** Gives a replacement the name and length of what it replaces, and its own properties (`promisify.custom` too). */
export function resemble<Replacement extends object>(replacement: Replacement, original: object): Replacement {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype') continue
    const descriptor = Object.getOwnPropertyDescriptor(original, key)
    const own = Object.getOwnPropertyDescriptor(replacement, key)
    if (descriptor !== undefined && own?.configurable !== false)
      Object.defineProperty(replacement, key, { ...descriptor, configurable: true })
  }
  return replacement
}
