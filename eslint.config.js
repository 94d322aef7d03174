// @ts-check
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Bans that hold everywhere; each message says why. Which layer may import what is dependency-cruiser's business. */
const bans = [
  {
    selector: 'TSEnumDeclaration',
    message: 'An enum is a second way to say a union, with code at run time. Use a union of literals.',
  },
  {
    selector: 'AwaitExpression > CallExpression[callee.object.name="app"][callee.property.name="whenReady"]',
    message: 'Electron waits for the main module before it gets ready: awaiting that here never ends. Use .then().',
  },
  {
    selector: 'CallExpression[callee.property.name="forEach"]',
    message: 'for…of can await, return and break; forEach silently drops promises.',
  },
]

const plainId = {
  selector: 'CallExpression[callee.object.name="z"][callee.property.name="uuid"]',
  message: 'An id may come in capitals: use Id of main/contract/id.ts (ID-5).',
}

const typescript = {
  // `${count}` is readable and right
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // the pattern ids.map((id) => void forget(id)) and () => close() read well
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/array-type': 'off',
  // there are no enums and hardly a subclass: half the time of a whole run, for nothing to find
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // what was caught is passed on as it came
  '@typescript-eslint/only-throw-error': [
    'error',
    { allowRethrowing: true, allowThrowingAny: true, allowThrowingUnknown: true },
  ],
  // blind to what changes during an await: a signal that was not aborted above may be aborted below
  '@typescript-eslint/no-unnecessary-condition': 'off',
  // asks for the “!” that no-non-null-assertion forbids
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  // a caller may name the type of what a border hands over
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/consistent-type-imports': 'error',
  // exhaustive when it has no default: a new member of a union must not fall through in silence
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  // types and their zod schemas share a name, on purpose
  '@typescript-eslint/no-redeclare': 'off',
  // tsconfig’s noPropertyAccessFromIndexSignature asks for brackets where dots would hide a missing key
  '@typescript-eslint/dot-notation': 'off',
  // a handler may be async by contract and have nothing to await
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
  '@typescript-eslint/no-empty-function': 'off',
  // `== null` means null or undefined
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-restricted-syntax': ['error', ...bans],
}

/** Each folder is read with the types of the environment it runs in. */
const environments = Object.entries({
  main: ['main/**'],
  preload: ['preload/**'],
  renderer: ['renderer/**'],
  scripts: ['scripts/**', 'bench/**', '*.config.ts'],
  test: ['test/**'],
}).map(([name, files]) => ({
  files,
  languageOptions: {
    parserOptions: { project: `./tsconfig.${name}.json`, tsconfigRootDir: import.meta.dirname },
  },
}))

export default defineConfig(
  globalIgnores(['test/fixtures/generated-client/', 'out/', 'dist/', 'coverage/', 'test-results/', 'bench/results/']),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: typescript },
  ...environments,
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // lengths are the business of scripts/checks/limits.mjs
    files: ['main/**', 'preload/**', 'renderer/**'],
    rules: { complexity: ['error', 20] },
  },
  {
    files: ['main/contract/**', 'main/transport/**'],
    ignores: ['main/contract/id.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bans, plainId] },
  },
  {
    files: ['main/**'],
    ignores: ['main/ingest.ts', 'main/serve.ts', 'main/library.ts', 'main/index.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // a test says what it relies on by a “!” more briefly than by an if, and fails there
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // JavaScript with JSDoc types: tsc checks it, but typescript-eslint cannot see a JSDoc cast and takes it for `any`
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // programs that Electron or a browser loads as they are, and configuration in other module systems
    files: ['**/*.cjs', 'eslint.config.js', 'scripts/setup/default-app/**', 'bench/bare-window/**'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
