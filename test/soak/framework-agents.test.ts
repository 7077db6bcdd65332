import { expect, it } from 'vitest'
import { scratchFolder, shakedown } from '../cli/_shakedown.ts'
import { frameworkScenarios, seedHashes } from '../frameworks/_framework-scenarios.ts'

it.each(frameworkScenarios)('%s leaves the same traces under a hundred seeds in two processes', async (scenario) => {
  const seeds = { from: 1, to: 100 }
  const [one, other] = await Promise.all([seedHashes(scenario, seeds), seedHashes(scenario, seeds)])
  console.log(
    `${scenario}: ${new Set(one).size} seeds, ${one.filter((line, index) => line === other[index]).length} equal`,
  )
  expect(new Set(one).size).toBe(100)
  expect(other).toEqual(one)
})

it('libraries and frameworks show nothing but what is accepted, and every property is put to the test', () => {
  using folder = scratchFolder()
  const { exitCode, stdout } = shakedown(['run', '--config', 'libraries.config.ts', '--out', folder.path])
  console.log(stdout.split('\n', 2).join('\n'))
  expect(exitCode, stdout).toBe(0)
  expect(stdout).not.toContain('that nothing used')
})
