import { describe, expect, it } from 'vitest'
import { outsideReads } from '../../../src/runner/modules/outside-reads.ts'

function read(source: string, imports: string[] = [], code = source): ReturnType<typeof outsideReads> {
  return outsideReads({ source, code, imports })
}

describe('what a module reads beside its imports', () => {
  it('is nothing where it only computes', () => {
    expect(read('export const one = 1', ['/src/two.ts', 'openai', 'node:util'])).toEqual({
      variables: [],
      reads: null,
      unsure: null,
    })
  })

  it('are the variables of the environment that it names', () => {
    const source = "const a = process.env.MODEL ?? process.env['API_KEY'] ?? process.env.MODEL"
    expect(read(source)).toEqual({ variables: ['API_KEY', 'MODEL'], reads: null, unsure: null })
  })

  it.each(['node:fs', 'fs/promises', 'node:child_process', 'node:module', 'node:sqlite', 'node:worker_threads'])(
    'may be anything with %s',
    (name) => expect(read('', [name]).reads).toBe(`imports node:${name.replace('node:', '')}`),
  )

  it.each([
    ['', '__vite_ssr_dynamic_import__(`./${name}.ts`)', 'computes'],
    ['', '__vite_ssr_dynamic_import__(name)', 'computes'],
    ["import.meta.glob('./*.ts')", '', 'pattern'],
    ["process.getBuiltinModule('fs')", '', 'by name'],
    ['Object.keys(process.env)', '', 'environment'],
    ['process.env[name]', '', 'environment'],
  ])('cannot be told of %s%s', (source, code, words) => expect(read(source, [], code).unsure).toContain(words))

  it('cannot be told where the environment is imported by itself', () => {
    expect(read("import { env } from 'node:process'", ['node:process']).unsure).toContain('environment')
    expect(read("import process from 'node:process'\nprocess.env.MODEL", ['node:process']).unsure).toBeNull()
  })

  it('is known where a module is imported late by its name', () => {
    expect(read('', ['/src/late.ts'], '__vite_ssr_dynamic_import__("/src/late.ts")').unsure).toBeNull()
  })
})
