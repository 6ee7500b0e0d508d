import type { Kysely } from 'kysely'
import type { Limits } from '#lib/settings/limits.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'

/** The open database and the settings that operations of the store depend on. */
export type StoreContext = {
  db: Kysely<Database>
  engine: Engine
  limits: Limits
  /** Whether comments that need a decision are queued for the publisher's webhook. */
  hasWebhook: boolean
}
