import * as regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'
import { ambientRules } from './tools/lint/ambient.mjs'

const everywhere = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/consistent-type-exports': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // The reason of an abort is whatever the caller gave.
  '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
  // An implementation of an asynchronous interface need not wait for anything.
  '@typescript-eslint/require-await': 'off',
  eqeqeq: 'error',
  'no-console': 'error',
  'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
  'object-shorthand': 'error',
  'prefer-const': 'error',
}

const sources = {
  // Agents, tools and models write megabytes: what takes the square of a text's length takes hours.
  'regexp/no-super-linear-backtracking': 'error',
  'regexp/no-super-linear-move': 'error',
  '@typescript-eslint/explicit-module-boundary-types': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 80, skipBlankLines: false, skipComments: false, IIFEs: true }],
}

const tests = {
  // Tests read JSON that others wrote and throw what agents throw.
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  '@typescript-eslint/only-throw-error': 'off',
  '@typescript-eslint/prefer-promise-reject-errors': 'off',
  '@typescript-eslint/unbound-method': 'off',
  'no-console': 'off',
}

export default tseslint.config(
  { ignores: ['dist/', 'reports/', 'coverage/', '.cache/', '**/node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { rules: everywhere },
  { files: ['src/**/*.ts'], plugins: { regexp }, rules: sources },
  { files: ['src/**/*.ts'], ignores: ['src/simulation/**', 'src/agent/**'], rules: ambientRules },
  // Replacing a global means holding the original, which is a method without its object.
  { files: ['src/simulation/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  { files: ['test/**', 'bench/**', 'scenarios/**', 'examples/**', 'docs/**'], rules: tests },
  { files: ['*.config.*', '.*.mjs', '**/*.scenario.ts', '**/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
)
