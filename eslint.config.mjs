import { defineConfig, globalIgnores } from 'eslint/config'
import nextVitals from 'eslint-config-next/core-web-vitals'
import nextTypeScript from 'eslint-config-next/typescript'
import jsxA11y from 'eslint-plugin-jsx-a11y'

/** What stands on its own: no data, no request, no React, no environment. */
const RULES =
  'lib/{advice,answers,comment-markdown,comment-rules,comments,content,conversation,dates,desk-sentences,feed,feed-content,feeds,figures,font-characters,footnotes,html-comment,json-feed,json-lines,kept-story,keyboard,limits,live-change,look,markdown,markdown-file,masthead,messages,moderation,names,place,pull-quotes,reading-time,records,restore-look,route-pattern,rss,screening,sentences,sitemap,spoken-text,story-data,views,votes,writing,xml,xml-elements}.ts'

/** Imports run one way: server and app → components → lib; nothing imports tests. */
const zones = [
  {
    target: './!(tests|playwright.config.ts|vitest.config.ts){,/**}',
    from: './tests/**',
    message: 'Nothing imports tests.',
  },
  { target: './lib', from: ['./app', './components'], message: 'lib knows nothing of its users.' },
  { target: './components', from: './app', message: 'Components do not know the routes.' },
  {
    target: './components',
    from: [
      './lib/{pages,publishing,server,store}/**',
      './lib/!(api|comment-markdown|comment-rules|comments|comments-page|content|conversation|conversation-api|dates|desk-sentences|drafted-replies|drafts|editions|kept|keyboard|live-change|live-client|live-totals|look|markdown|masthead|messages|moderation|moderation-pages|new-key|outbox|pictures|place|read-aloud|reading-time|refused-form|restore-look|sent-comments|slots|spoken-text|string-cache|votes|writing).ts',
    ],
    message: 'Components reach the data through #lib/api.ts.',
  },
  {
    target: './lib/browser',
    from: ['./lib/{pages,publishing,server,store}/**', './lib/{http,body,log,settings}.ts'],
    message: 'What runs in browsers knows nothing of the server.',
  },
  {
    target: './lib/store',
    from: './lib/{browser,pages,publishing,server}/**',
    message: 'The store knows nothing of pages.',
  },
  {
    target: './lib/store',
    from: './lib/!(comment-markdown|comments|limits|live-change|log|moderation|records|settings|signals|views|votes).ts',
    message: 'The store knows nothing of requests.',
  },
  {
    target: ['./app', './server.ts', './scripts', './lib/*.ts', './lib/{pages,publishing,server}'],
    from: './lib/store/!(index.ts)',
    message: '#lib/store/index.ts is the only door to the data.',
  },
  {
    target: ['./server.ts', './scripts'],
    from: [
      './components/!(slots.tsx)',
      './components/*/**',
      './app/!(api|metrics|*.*)/**',
      './app/*.tsx',
    ],
    message: 'The server calls route handlers, and renders what components/slots.tsx names.',
  },
  {
    target: RULES,
    from: ['./lib/store/**', './lib/{http,body,reader,api,input,log}.ts'],
    message: 'Rules and content stand on their own.',
  },
]

const databaseUrl = {
  selector: 'Identifier[name="DATABASE_URL"], Literal[value="DATABASE_URL"]',
  message: 'Only lib/store/index.ts reads DATABASE_URL.',
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
    files: ['lib/store/index.ts', 'bench/**', 'tests/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // Playwright's fixtures are handed a function that is called `use`.
  { files: ['tests/{desk,site}.ts'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  {
    files: ['app/**/layout.tsx', '*.config.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['app/api/**', 'app/*.{atom,json,rss,txt,xml}/**', RULES],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(\\.\\.?/|(next|react)(/|$))', message: 'Web standards only.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Rules know no environment.' },
      ],
    },
  },
])
