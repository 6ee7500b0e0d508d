import * as z from 'zod'
import { log } from '#lib/log.ts'
import { type Moderator, readModerator } from '#lib/moderator.ts'
import { getSettings } from '#lib/settings.ts'
import { getStore, type Store } from '#lib/store/index.ts'

const PAGES = new Set([
  '/moderation',
  '/moderation/bans',
  '/moderation/comment',
  '/moderation/log',
  '/moderation/settings',
])

export function isDeskPage(path: string): boolean {
  return PAGES.has(path)
}

/**
 * The page on which a refused form stands, so that it is shown there again: of the desk's forms the
 * desk's pages, of others the comments.
 */
export function refusedAt(path: string, values: Record<string, string>): string {
  const comment = `/moderation/comment?id=`
  const at = (id: string | undefined) => isId(id) && comment + id
  switch (path) {
    case '/api/comments':
      return values.as === 'author' ? at(values.parent) || '/moderation' : '/comments'
    case '/api/moderation/erasures':
    case '/api/moderation/bans':
      return at(values.comment) || '/moderation/bans'
    case '/api/moderation/decisions':
      return at(values.at) || (isId(values.after) ? `/moderation?after=${values.after}` : PLAIN)
    case '/api/moderation/settings':
      return '/moderation/settings'
    case '/api/moderation/undo':
      return values.from === 'log' ? '/moderation/log' : PLAIN
    case '/api/moderation/session':
      return PLAIN
    default:
      return '/comments'
  }
}
const PLAIN = '/moderation'

/** The status of a page of the desk, found before Next renders it for the same reason as elsewhere. */
export async function deskPageStatus(
  url: string,
  cookies: string | undefined,
): Promise<200 | 404 | 503> {
  const desk = await openDesk(cookies ?? null, async (store) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const id = searchParams.get('id') ?? undefined
    return pathname !== '/moderation/comment' || (isId(id) && store.readDeskComment(id))
  })
  if (desk.state === 'unavailable') return 503
  return desk.state === 'off' || (desk.state === 'open' && !desk.data) ? 404 : 200
}

/** What a page of the desk shows. */
export type Desk<Data> =
  | { state: 'off' | 'unavailable' }
  | { state: 'signed-out' }
  | { state: 'open'; moderator: Moderator; data: Data }

/** Reads for a moderator who is signed in; nobody else is told anything. */
export async function openDesk<Data>(
  cookies: string | null,
  read: (store: Store, moderator: Moderator) => Promise<Data>,
): Promise<Desk<Data>> {
  if (!getSettings().moderatorPassword) return { state: 'off' }
  try {
    const moderator = await readModerator(cookies)
    if (!moderator) return { state: 'signed-out' }
    return { state: 'open', moderator, data: await read(await getStore(), moderator) }
  } catch (error) {
    log.error(error)
    return { state: 'unavailable' }
  }
}

/** An id from an address; what is none is as if it were not there. */
export function idFrom(value: string | string[] | undefined): string | undefined {
  const first = Array.isArray(value) ? value[0] : value
  return isId(first) ? first.toLowerCase() : undefined
}

function isId(value: string | undefined): value is string {
  return z.uuid().safeParse(value).success
}
