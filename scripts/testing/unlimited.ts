import { LIMIT_VARIABLES } from '#lib/settings/limits.ts'
import { readSettings } from '#lib/settings/settings.ts'

/** Environment variables for tests and benchmarks that should meet no limit. */
export const UNLIMITED: Record<string, string> = {
  ...Object.fromEntries(Object.keys(LIMIT_VARIABLES).map((name) => [name, '1000000000'])),
  COMMENT_PAUSE_SECONDS: '0',
  FORM_SECONDS: '0',
  PROOF_OF_WORK: 'off',
}

/** The store's limits under `UNLIMITED`. */
export const NO_LIMITS = readSettings(UNLIMITED).limits
