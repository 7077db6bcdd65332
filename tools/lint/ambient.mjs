// The ban on ambient time and randomness: a verdict must depend on the scenario and the seed alone, so whatever
// reads the machine's clock or dice goes through the world, or through the real clock that src/simulation exports.
const message = 'Take time and randomness from the world, or real time from the clock that src/simulation exports.'

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']
const randomOfCrypto = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'pseudoRandomBytes',
  'generateKey',
  'generateKeySync',
  'generateKeyPair',
  'generateKeyPairSync',
]
const ofObjects = {
  AbortSignal: ['timeout'],
  Date: ['now'],
  Math: ['random'],
  Temporal: ['Now'],
  crypto: [...randomOfCrypto, 'webcrypto'],
  process: ['hrtime', 'uptime', 'getBuiltinModule'],
}
const ofGlobal = [...timers, 'performance', ...Object.keys(ofObjects).filter((name) => name !== 'process')]
const properties = { ...ofObjects, globalThis: ofGlobal, global: ofGlobal }
const timeModules = ['timers', 'timers/promises', 'perf_hooks'].flatMap((name) => [name, `node:${name}`])

/** ESLint rules that report every ambient source of time and randomness. */
export const ambientRules = {
  'no-restricted-globals': ['error', ...[...timers, 'performance'].map((name) => ({ name, message }))],
  'no-restricted-properties': [
    'error',
    ...Object.entries(properties).flatMap(([object, names]) =>
      names.map((property) => ({ object, property, message })),
    ),
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message },
    { selector: "CallExpression[callee.name='Date']", message },
    { selector: 'ImportExpression[source.value=/^(node:)?(timers|perf_hooks|crypto)/]', message },
  ],
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      paths: [
        ...timeModules.map((name) => ({ name, message, allowTypeImports: true })),
        // Named imports only, so that a namespace cannot carry the random functions in.
        ...['crypto', 'node:crypto'].map((name) => ({
          name,
          importNames: [...randomOfCrypto, 'webcrypto', 'default'],
          message,
          allowTypeImports: true,
        })),
        ...['process', 'node:process'].map((name) => ({ name, importNames: ['hrtime', 'uptime'], message })),
      ],
    },
  ],
}
