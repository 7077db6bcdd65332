import { rooms, stranger } from './tools/lint/house.mjs'

const inRooms = (names) => `^src/(${names.join('|')})/`

/** Each room against the rooms that come after it. */
const upwardOnly = rooms.slice(0, -1).map((room, index) => ({
  name: `house/${room}-imports-upward-only`,
  comment: `src/${room} may import the rooms before it in tools/lint/house.mjs, and none after it.`,
  severity: 'error',
  from: { path: inRooms([room]) },
  to: { path: inRooms(rooms.slice(index + 1)) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upwardOnly,
    {
      name: 'house/known-rooms-only',
      comment: 'A new room needs its place in tools/lint/house.mjs before anything can import it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/[^/]+/', pathNot: inRooms([...rooms, stranger]) },
    },
    {
      name: 'house/agent-is-a-stranger',
      comment: 'The reference agent is an ordinary program under test: it imports nothing of the harness.',
      severity: 'error',
      from: { path: inRooms([stranger]) },
      to: { path: '^src/', pathNot: inRooms([stranger]) },
    },
    {
      name: 'house/nobody-knows-the-agent',
      comment: 'Only tests, scenarios and examples import the reference agent.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms([stranger]) },
      to: { path: inRooms([stranger]) },
    },
    {
      name: 'house/public-list-is-no-program',
      comment: 'What a user imports must not start the command line.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: inRooms(['cli']) },
    },
    {
      name: 'house/no-way-round-the-rooms',
      comment: 'Rooms import each other by file; the public list and the package name are for users.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(src/[^/]+$|shakedown$|test/|scenarios/|examples/|bench/|tools/)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-development-dependencies',
      comment: 'What src imports must be installed with the package; types alone may come from elsewhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['shakedown-source', 'import', 'node'] },
  },
}
