import { loadContent } from '#lib/story/content.ts'
import { log } from '#lib/logging/log.ts'
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

export const loadQueue = page<DecisionQueue>(async (store, query, { name }) => {
  const after = idFrom(query, 'after')
  const [queue, last] = await Promise.all([store.readQueue(after), store.readLastBatch(name)])
  return { ...queue, after, last }
})

export const loadComment = page<CommentReview>(async (store, query) => {
  const id = idFrom(query, 'id')
  return id ? await store.readModeratedComment(id) : undefined
})

export const loadLog = page<ModerationLog>(async (store, query) => {
  const before = idFrom(query, 'before')
  return { ...(await store.readAuditLog(before)), isPart: before !== undefined }
})

export const loadBans = page<BanList>((store) => store.readBans())

export const loadSettings = page<SettingsForm>(async (store, query) => {
  const [{ article }, settings] = await Promise.all([loadContent(), store.readModerationSettings()])
  return { ...settings, articleState: article.comments, saved: query.get('saved') ?? undefined }
})

/**
 * Loads a page for a moderator who is signed in; nobody else is told anything. Without a password for
 * moderators there is no such page, nor one without what `read` looks for: 404.
 */
function page<Data>(
  read: (store: Store, query: URLSearchParams, moderator: Moderator) => Promise<Data>,
): LoadPage<ModerationPage<Data>> {
  return async ({ query, cookies, rejected }) => {
    if (!getSettings().MODERATOR_PASSWORD) return { status: 404, props: { state: 'off', rejected } }
    try {
      const moderator = await readModerator(cookies)
      if (!moderator) return { status: 200, props: { state: 'signed-out', rejected } }
      const data = await read(await getStore(), query, moderator)
      return {
        status: data === undefined ? 404 : 200,
        props: { state: 'open', moderator: moderator.name, data, rejected },
      }
    } catch (error) {
      log.error(error)
      return { status: 503, props: { state: 'unavailable', rejected } }
    }
  }
}
