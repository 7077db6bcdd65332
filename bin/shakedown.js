#!/usr/bin/env node
// Plain and old-fashioned on purpose: an old Node must get far enough to read the sentence below.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)

if (major >= 24 || (major === 22 && minor >= 20)) {
  // Shared with the processes that run trials: a third of the start is compiling the same modules again.
  module.enableCompileCache(join(tmpdir(), 'shakedown-compile-cache'))
  const source = new URL('../src/cli/main.ts', import.meta.url)
  if (existsSync(fileURLToPath(source))) {
    // In the repository itself: the sources, never an old build; the processes that run trials inherit the condition.
    process.execArgv.push('--conditions=shakedown-source')
    import(source.href)
  } else {
    import(new URL('../dist/cli/main.js', import.meta.url).href)
  }
} else {
  process.stderr.write(
    'shakedown needs Node 22.20 or newer in its line, or 24 or newer, and this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '): install a current Node and run the command again.\n',
  )
  process.exitCode = 2
}
