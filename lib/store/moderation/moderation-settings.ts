import { type Kysely, sql } from 'kysely'
import type { CommentState, ModerationSettings } from '#lib/moderation/moderation.ts'
import { addAuditEntry } from '#lib/store/audit-log.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Reads what moderators have set; it applies in every process at once. */
export async function readModerationSettings(db: Kysely<Database>): Promise<ModerationSettings> {
  const rows = await db.selectFrom('desk').selectAll().execute()
  const values = new Map(rows.map(({ name, value }) => [name, value]))
  return {
    comments: (values.get('comments') ?? 'article') as CommentState,
    heldWords: listOf(values.get('words')),
  }
}

/** Opens, holds or closes all comments; `article` leaves it to the front matter. */
export async function setCommentState(
  db: Kysely<Database>,
  comments: CommentState,
  moderator: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await lock(transaction, 'comments', 'article')
    if (before === comments) return
    await save(transaction, 'comments', comments)
    await addAuditEntry(transaction, { act: 'comments', moderator, detail: comments })
  })
}

export type HeldWordsChange = { add: string[]; remove: string[] }

/** Changes the list of words for which comments are held; keeps what others changed meanwhile. */
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
    await save(transaction, 'words', after.join('\n'))
    const detail = [...added.map((word) => `+ ${word}`), ...removed.map((word) => `− ${word}`)]
    await addAuditEntry(transaction, { act: 'words', moderator, detail: detail.join('\n') })
  })
}

type Name = Database['desk']['name']

/** Reads a setting and locks it until the transaction ends. */
async function lock(transaction: Kysely<Database>, name: Name, first: string): Promise<string> {
  const { value } = await transaction
    .insertInto('desk')
    .values({ name, value: first })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`desk.value` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

async function save(transaction: Kysely<Database>, name: Name, value: string): Promise<void> {
  await transaction.updateTable('desk').set({ value }).where('name', '=', name).execute()
}

function listOf(words = ''): string[] {
  return words.split('\n').filter((word) => word !== '')
}
