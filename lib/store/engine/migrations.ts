import type { Migration } from 'kysely/migration'
import { createTables } from '#lib/store/engine/migrations/001-first-edition.ts'
import { createRateLimits } from '#lib/store/engine/migrations/002-limits-and-approval.ts'
import { createConversation } from '#lib/store/engine/migrations/003-conversation.ts'
import { createModeration } from '#lib/store/engine/migrations/004-moderation.ts'
import { createErasures } from '#lib/store/engine/migrations/005-erasures.ts'
import { createDeliveries } from '#lib/store/engine/migrations/006-deliveries.ts'
import { shardTally } from '#lib/store/engine/migrations/007-tally-shards.ts'
import { countSiblingReplies } from '#lib/store/engine/migrations/008-answers-beside.ts'
import { markPublicComments } from '#lib/store/engine/migrations/009-was-public.ts'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Returns the migrations, in the order of their names. A released one is never edited. */
export function migrations(engine: Engine): Record<string, Migration> {
  return {
    '001-first-edition': { up: (db) => createTables(db, engine) },
    '002-limits-and-approval': { up: (db) => createRateLimits(db, engine) },
    '003-conversation': { up: (db) => createConversation(db, engine) },
    '004-moderation': { up: (db) => createModeration(db, engine) },
    '005-erasures': { up: (db) => createErasures(db, engine) },
    '006-deliveries': { up: (db) => createDeliveries(db, engine) },
    '007-tally-shards': { up: (db) => shardTally(db, engine) },
    '008-answers-beside': { up: countSiblingReplies },
    '009-was-public': { up: markPublicComments },
  }
}
