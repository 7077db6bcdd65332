import { it } from 'vitest'
import { holdHostile } from '../report/hostile/_hold-hostile.ts'

it('what agents, tools and scenarios write is text in every rendering, 20,000 times', () => holdHostile(20_000))
