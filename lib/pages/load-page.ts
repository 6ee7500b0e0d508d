import { isId } from '#lib/api/input.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** What a page that is made for each request is asked with. */
export type PageRequest = {
  query: URLSearchParams
  /** The `Cookie` header. */
  cookies: string | null
  /** The form that came without script and is to be shown again. */
  rejected?: RejectedForm | undefined
}

/** What a page shows, and the status that it is answered with unless a rejected form has its own. */
export type Loaded<Props> = { status: number; props: Props }

/**
 * Loads what a page shows, for `next dev` and for the server alike; nothing where there is no such page.
 * The props are values that JSON keeps.
 */
export type LoadPage<Props> = (request: PageRequest) => Promise<Loaded<Props> | undefined>

/** Reads an id from an address; what is none is as if it were not there. */
export function idFrom(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)
  return isId(value) ? value.toLowerCase() : undefined
}
