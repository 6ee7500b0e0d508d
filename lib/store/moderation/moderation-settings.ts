import { type Kysely, sql } from 'kysely'
import type { CommentState, ModerationSettings } from '#lib/moderation/moderation.ts'
import { addAuditEntry } from '#lib/store/audit-log.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** What the publisher has set at the desk: it holds in every process at once. */
export async function readModerationSettings(db: Kysely<Database>): Promise<ModerationSettings> {
  const rows = await db.selectFrom('desk').selectAll().execute()
  const kept = new Map(rows.map(({ name, value }) => [name, value]))
  return {
    comments: (kept.get('comments') ?? 'article') as CommentState,
    heldWords: listOf(kept.get('words')),
  }
}

/** Opens, holds or closes the comments, whatever the article says; `article` leaves it to that. */
export async function setCommentState(
  db: Kysely<Database>,
  comments: CommentState,
  moderator: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await lock(transaction, 'comments', 'article')
    if (before === comments) return
    await keep(transaction, 'comments', comments)
    await addAuditEntry(transaction, { act: 'comments', moderator, detail: comments })
  })
}

export type HeldWordsChange = { add: string[]; remove: string[] }

/** Changes the list of words that let a comment wait; what others changed meanwhile stays changed. */
export async function changeHeldWords(
  db: Kysely<Database>,
  { add, remove }: HeldWordsChange,
  moderator: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = listOf(await lock(transaction, 'words', ''))
    const after = [...new Set([...before.filter((word) => !remove.includes(word)), ...add])]
    const added = after.filter((word) => !before.includes(word))
    const removed = before.filter((word) => !after.includes(word))
    if (added.length + removed.length === 0) return
    await keep(transaction, 'words', after.join('\n'))
    const detail = [...added.map((word) => `+ ${word}`), ...removed.map((word) => `− ${word}`)]
    await addAuditEntry(transaction, { act: 'words', moderator, detail: detail.join(', ') })
  })
}

type Name = Database['desk']['name']

/** The value, which no other transaction changes until this one ends. */
async function lock(transaction: Kysely<Database>, name: Name, first: string): Promise<string> {
  const { value } = await transaction
    .insertInto('desk')
    .values({ name, value: first })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`desk.value` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

async function keep(transaction: Kysely<Database>, name: Name, value: string): Promise<void> {
  await transaction.updateTable('desk').set({ value }).where('name', '=', name).execute()
}

function listOf(words = ''): string[] {
  return words.split('\n').filter((word) => word !== '')
}
