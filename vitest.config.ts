import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { UNLIMITED } from '#bench/unlimited.ts'

export default defineConfig({
  plugins: [react()],
  test: {
    env: UNLIMITED,
    // Many tests wait for a server: one worker a core would leave the cores idle.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/postgres.ts'],
          setupFiles: ['tests/quiet.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          include: ['tests/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['tests/quiet.ts', 'tests/dom.ts'],
        },
      },
    ],
  },
})
