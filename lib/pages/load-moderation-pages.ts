import { loadContent } from '#lib/story/content.ts'
import { REQUEST_DEADLINE, within } from '#lib/deadline.ts'
import { logRecurring } from '#lib/logging/log.ts'
import type {
  BanList,
  CommentReview,
  DecisionQueue,
  ModerationLog,
  ModerationPage,
  SettingsForm,
} from '#lib/moderation/moderation-pages.ts'
import { type Moderator, readModerator } from '#lib/api/moderator-session.ts'
import { idFrom, type LoadPage } from '#lib/pages/load-page.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore, type Store } from '#lib/store/index.ts'

/** Loads a page of the queue of comments to review: the first, or the one after the comment `after`. */
export const loadQueue = moderatorPage<DecisionQueue>(async (store, query, { name }) => {
  const after = idFrom(query, 'after')
  const [queue, last] = await Promise.all([store.readQueue(after), store.readLastBatch(name)])
  return { ...queue, after, last }
})

/** Loads the comment `id` with all that helps to decide on it. */
export const loadComment = moderatorPage<CommentReview>(async (store, query) => {
  const id = idFrom(query, 'id')
  return id ? await store.readModeratedComment(id) : undefined
})

/** Loads a page of the log of decisions: the newest, or those before the entry `before`. */
export const loadLog = moderatorPage<ModerationLog>(async (store, query) => {
  const before = idFrom(query, 'before')
  return { ...(await store.readAuditLog(before)), isPart: before !== undefined }
})

/** Loads the bans that have not ended. */
export const loadBans = moderatorPage<BanList>((store) => store.readBans())

/** Loads the settings that moderators can change. */
export const loadSettings = moderatorPage<SettingsForm>(async (store, query) => {
  const [{ article }, settings] = await Promise.all([loadContent(), store.readModerationSettings()])
  return { ...settings, articleState: article.comments, saved: query.get('saved') ?? undefined }
})

/**
 * Makes the loader of a page whose data only a moderator who is signed in gets. Its status is 404 where
 * MODERATOR_PASSWORD is not set or `read` finds nothing, and 503 while the store cannot be read.
 */
function moderatorPage<Data>(
  read: (store: Store, query: URLSearchParams, moderator: Moderator) => Promise<Data>,
): LoadPage<ModerationPage<Data>> {
  const readPage: LoadPage<ModerationPage<Data>> = async ({ query, cookies, rejected }) => {
    const moderator = await readModerator(cookies)
    if (!moderator) return { status: 200, props: { state: 'signed-out', rejected } }
    const data = await read(await getStore(), query, moderator)
    return {
      status: data === undefined ? 404 : 200,
      props: { state: 'open', moderator: moderator.name, data, rejected },
    }
  }
  return async (request) => {
    const { rejected, timeout = REQUEST_DEADLINE } = request
    if (!getSettings().MODERATOR_PASSWORD) return { status: 404, props: { state: 'off', rejected } }
    try {
      return await within(timeout, readPage(request))
    } catch (error) {
      logRecurring(error)
      return { status: 503, props: { state: 'unavailable', rejected } }
    }
  }
}
