import * as z from 'zod'
import { log } from '#lib/log.ts'
import { readReader } from '#lib/reader.ts'
import { getStore } from '#lib/store/index.ts'

/** What the address of a page of comments may ask for; other parameters are left alone. */
const query = z.object({
  page: z.uuid().toLowerCase().optional(),
  after: z.uuid().toLowerCase().optional(),
})

/**
 * The status of the comments page at this address. It is found before Next renders the page, because
 * Next answers a page that is not found, or that fails, with nothing to read for who has no scripts.
 */
export async function commentsPageStatus(
  url: string,
  cookies: string | undefined,
): Promise<200 | 404 | 503> {
  // Of a parameter that is there twice the page takes the first.
  const params = [...new URL(url, 'http://localhost').searchParams].reverse()
  const asked = query.safeParse(Object.fromEntries(params))
  if (!asked.success) return 404
  const { page, after } = asked.data
  try {
    const store = await getStore()
    const reader = await readReader(cookies ?? null)
    return (await store.hasPage({ at: page, after }, reader)) ? 200 : 404
  } catch (error) {
    log.error(error)
    return 503
  }
}
