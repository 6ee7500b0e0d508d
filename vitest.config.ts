import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { PREACT } from '#lib/publishing/build-islands.ts'
import { UNLIMITED } from '#scripts/testing/unlimited.ts'

/** Tests of components, which run under React and under Preact. */
const COMPONENTS = {
  include: ['tests/**/*.test.tsx'],
  environment: 'jsdom',
  setupFiles: ['tests/support/quiet.ts', 'tests/support/dom.ts'],
}

export default defineConfig({
  plugins: [react()],
  test: {
    env: UNLIMITED,
    // Many tests wait for a server: one worker a core would leave the cores idle.
    maxWorkers: 3,
    // Limits on waiting, not on what is right: a machine may be slow, or busy with something else.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/system/**'],
          globalSetup: ['tests/support/postgres.ts'],
          setupFiles: ['tests/support/quiet.ts', 'tests/support/stop-sites.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          setupFiles: ['tests/support/quiet.ts', 'tests/support/stop-sites.ts'],
        },
      },
      { extends: true, test: { name: 'dom', ...COMPONENTS } },
      {
        extends: true,
        // Runs the components as readers' browsers do. Testing Library's CommonJS would import React.
        resolve: {
          alias: {
            ...PREACT,
            '@testing-library/react': '@testing-library/react/dist/@testing-library/react.esm.js',
          },
        },
        test: {
          name: 'dom-preact',
          ...COMPONENTS,
          server: { deps: { inline: ['@testing-library/react'] } },
        },
      },
    ],
  },
})
