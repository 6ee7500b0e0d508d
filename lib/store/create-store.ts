import { sql } from 'kysely'
import { log } from '#lib/logging/log.ts'
import { readAuditLog, readLastBatch } from '#lib/store/audit-log.ts'
import { addComments } from '#lib/store/comments/add.ts'
import { readChanged, readVersions } from '#lib/store/comments/changes.ts'
import { deleteOwnComment, editComment } from '#lib/store/comments/edit.ts'
import { eraseReader, readerOf } from '#lib/store/comments/erase.ts'
import { readComment, readComments, readNewest } from '#lib/store/comments/read.ts'
import { addReport } from '#lib/store/comments/reports.ts'
import { setStatus } from '#lib/store/comments/status.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { readTotals } from '#lib/store/counts/totals.ts'
import { countViews, readViews } from '#lib/store/counts/views.ts'
import { readTally, setVotes } from '#lib/store/counts/votes.ts'
import { batchedWrite, sharedInTurn, singleWrite } from '#lib/store/engine/batch.ts'
import { readVersion } from '#lib/store/engine/data-version.ts'
import { watchWrites } from '#lib/store/engine/write-health.ts'
import { cachedSecrets } from '#lib/store/engine/stored-secrets.ts'
import { deleteExpired } from '#lib/store/expire.ts'
import { addBan, liftBan, readBans } from '#lib/store/limits/bans.ts'
import { decide, undo } from '#lib/store/moderation/decisions.ts'
import { readModeratedComment, readQueue } from '#lib/store/moderation/moderation-queue.ts'
import { addSession, endSession, readSession, trySignIn } from '#lib/store/moderation/sessions.ts'
import {
  changeHeldWords,
  readModerationSettings,
  setCommentState,
} from '#lib/store/moderation/moderation-settings.ts'
import { readPending } from '#lib/store/moderation/pending-comments.ts'
import { exportRecords } from '#lib/store/transfer/export.ts'
import { importRecords } from '#lib/store/transfer/import.ts'
import { claimDelivery, endDelivery, postponeDelivery } from '#lib/store/webhook-queue.ts'

/** Milliseconds between two deletions of expired rows. */
const EXPIRY_INTERVAL = 10 * 60 * 1_000

/**
 * Puts the operations together: functions of the database or of its context, which is given to them
 * here. A new operation is written in its room and named in one of the lists below; the type of the
 * store follows from them.
 */
export function createStore(context: StoreContext) {
  const { db } = context
  const moderationSettings = sharedInTurn(readModerationSettings.bind(undefined, db))
  const checkWrites = watchWrites(db, context.engine)
  const timer = setInterval(
    () => void deleteExpired(db).catch((error) => log.error(error)),
    EXPIRY_INTERVAL,
  )
  timer.unref()
  return {
    ...bindAll(db, {
      addBan,
      addSession,
      claimDelivery,
      endDelivery,
      endSession,
      eraseReader,
      liftBan,
      postponeDelivery,
      readAuditLog,
      readBans,
      readChanged,
      readComment,
      readComments,
      readModeratedComment,
      readLastBatch,
      readNewest,
      readQueue,
      readSession,
      readTally,
      readTotals,
      readVersions,
      readViews,
      readPending,
      readerOf,
      setStatus,
      deleteExpired,
      undo,
    }),
    ...bindAll(context, { exportRecords, importRecords, readVersion, trySignIn }),

    setVote: batchedWrite('vote', setVotes.bind(undefined, context)),
    addComment: batchedWrite('comment', addComments.bind(undefined, context)),
    countView: batchedWrite('view', countViews.bind(undefined, context)),

    editComment: singleWrite('edit', editComment.bind(undefined, context)),
    deleteOwnComment: singleWrite('edit', deleteOwnComment.bind(undefined, context)),
    addReport: singleWrite('report', addReport.bind(undefined, context)),
    decide: singleWrite('decision', decide.bind(undefined, db)),

    readModerationSettings: moderationSettings.read,
    setCommentState: forgetting(setCommentState.bind(undefined, db), moderationSettings.forget),
    changeHeldWords: forgetting(changeHeldWords.bind(undefined, db), moderationSettings.forget),

    readSecret: cachedSecrets(db),
    /** Fails with the reason when the store cannot be read, or could not be written and still cannot. */
    check: async () => {
      await sql`select 1 from tally`.execute(db)
      await checkWrites()
    },
    close: () => {
      clearInterval(timer)
      return db.destroy()
    },
  }
}

type Bound<First, Functions> = {
  [Name in keyof Functions]: Functions[Name] extends (
    first: First,
    ...rest: infer Rest
  ) => infer Result
    ? (...rest: Rest) => Result
    : never
}

/** Returns these functions with their first argument given. */
function bindAll<
  First,
  Functions extends Record<string, (first: First, ...rest: never[]) => unknown>,
>(first: First, functions: Functions): Bound<First, Functions> {
  const bound = Object.entries(functions).map(([name, run]) => [name, run.bind(undefined, first)])
  return Object.fromEntries(bound) as Bound<First, Functions>
}

/** Returns a write after which settings are read anew, whether it succeeded or not. */
function forgetting<Input extends unknown[]>(
  write: (...input: Input) => Promise<void>,
  forget: () => void,
): typeof write {
  return (...input) => write(...input).finally(forget)
}
