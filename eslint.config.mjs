import { defineConfig, globalIgnores } from 'eslint/config'
import nextVitals from 'eslint-config-next/core-web-vitals'
import nextTypeScript from 'eslint-config-next/typescript'
import jsxA11y from 'eslint-plugin-jsx-a11y'

/** What stands on its own: no data, no request, no React, no environment. */
const RULES = ['lib/*.ts', 'lib/{comments,i18n,moderation,story}/**']

/** Allows imports in one direction: server and app → components → lib → store. */
const zones = [
  {
    target: './lib',
    from: ['./app/**', './components/**', './scripts/**'],
    message: 'lib knows nothing of the routes and components that use it.',
  },
  {
    target: './components',
    from: ['./app/**', './lib/!(browser|comments|i18n|metadata|moderation|story)/**'],
    message: 'Components know no routes and no server; they reach the data through lib/browser.',
  },
  {
    target: './lib/browser',
    from: './lib/!(browser|comments|i18n)/**',
    message: 'What runs in browsers alone knows nothing of the server.',
  },
  {
    target: RULES.map((files) => `./${files}`),
    from: './lib/{api,browser,http,pages,server,store}/**',
    message: 'Rules and content stand on their own.',
  },
  {
    target: './lib/http',
    from: './lib/!(http|i18n|logging|settings)/**',
    message: 'HTTP knows nothing of routes, pages and the data.',
  },
  {
    target: './lib/store',
    from: './lib/!(comments|i18n|logging|moderation|settings|store)/**',
    message: 'The store knows nothing of requests and pages.',
  },
  {
    target: ['./app', './server.ts', './scripts', './lib/!(store){,/**}'],
    from: ['./lib/store/!(index|maintenance).ts', './lib/store/*/**'],
    message: '#lib/store/index.ts is the only door to the data; commands have maintenance.ts too.',
  },
  {
    target: ['./app', './server.ts', './lib/!(doctor|store|transfer){,/**}'],
    from: './lib/store/maintenance.ts',
    message: 'Requests and pages reach the data through #lib/store/index.ts.',
  },
  {
    target: './!(bench|tests|playwright.config.ts|vitest.config.ts){,/**}',
    from: ['./bench/**', './tests/**'],
    message: 'Nothing imports tests and benchmarks.',
  },
]

const databaseUrl = {
  selector: 'Identifier[name="DATABASE_URL"], Literal[value="DATABASE_URL"]',
  message: 'Only lib/store reads DATABASE_URL.',
}

/** Allows NODE_ENV, which is a constant of each build. */
const environment = {
  selector: ':not([property.name="NODE_ENV"]) > [object.name="process"][property.name="env"]',
  message: 'Rules know no environment.',
}

export default defineConfig([
  globalIgnores(['.next/**', 'next-env.d.ts', 'data/**', 'test-results/**']),
  ...nextVitals,
  ...nextTypeScript,
  {
    rules: {
      ...jsxA11y.flatConfigs.strict.rules,
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^(_|Window$)' }],
      // Pages are documents of their own: a plain link needs no router and no prefetch.
      '@next/next/no-html-link-for-pages': 'off',
      // Its graph of all that can be reached from each file takes longer than all else together.
      'import/no-cycle': ['error', { ignoreExternal: true, disableScc: true }],
      'import/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\.\\.?/', message: 'Name the file: #lib/votes.ts.' }] },
      ],
      'no-restricted-syntax': ['error', databaseUrl],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // A handler of an event may be asynchronous: those of forms catch what they throw.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    files: ['server.ts', 'lib/**', 'scripts/*.ts'],
    ignores: ['lib/browser/**', 'lib/terminal.ts'],
    // What reaches a terminal goes through `print` and `printError` of lib/terminal.ts.
    rules: { 'no-console': 'error' },
  },
  {
    files: ['scripts/*.ts'],
    // One writes an export, whose JSON is escaped, the other its own questions.
    ignores: ['scripts/{export,new}.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr'].map((property) => ({ object: 'process', property })),
      ],
    },
  },
  {
    files: ['lib/store/**', 'bench/**', 'tests/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // Servers that stand in for others may answer late; what they throw fails the test.
  {
    files: ['tests/**'],
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
    },
  },
  // Playwright's fixtures are handed a function that is called `use`.
  {
    files: ['tests/support/{moderation-site,site}.ts'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    files: ['app/**/layout.tsx', '*.config.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['app/api/**', 'app/*.{atom,json,rss,txt,xml}/**', ...RULES],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(\\.\\.?/|(next|react)(/|$))', message: 'Web standards only.' }] },
      ],
      'no-restricted-syntax': ['error', databaseUrl, environment],
    },
  },
])
