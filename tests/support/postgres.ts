import type { TestProject } from 'vitest/node'
import { startPostgres } from '#scripts/testing/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgres://…` of a server without databases of ours; each test makes its own. */
    postgres: string
  }
}

/** A real PostgreSQL for all tests of a run. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres('fsync=off', 'full_page_writes=off')
  provide('postgres', postgres.url)
  return postgres.remove
}
