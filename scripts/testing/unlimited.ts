import { DEFAULT_LIMITS } from '#lib/settings/limits.ts'

/** Settings under which tests and benchmarks that are about something else meet no limit. */
export const UNLIMITED: Record<string, string> = {
  ...Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, '1000000000'])),
  COMMENT_PAUSE_SECONDS: '0',
  FORM_SECONDS: '0',
  PROOF_OF_WORK: 'off',
}
