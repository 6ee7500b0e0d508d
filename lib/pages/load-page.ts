import { isId } from '#lib/api/input.ts'
import type { LinkPreview } from '#lib/metadata/link-preview.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** The request for a page that is made for each reader. */
export type PageRequest = {
  query: URLSearchParams
  /** The `Cookie` header. */
  cookies: string | null
  /** The form that was sent without script and is to be shown again. */
  rejected?: RejectedForm | undefined
  /** Milliseconds that the store has to answer; without it, `REQUEST_DEADLINE`. */
  timeout?: number | undefined
}

/** The props of a page and its status; where it shows a rejected form, that form's status is sent. */
export type Loaded<Props> = { status: number; props: Props; preview?: LinkPreview | undefined }

/**
 * Loads the props of a page, under Next and in production alike; nothing where there is no such page. The
 * props are values that survive JSON.
 */
export type LoadPage<Props> = (request: PageRequest) => Promise<Loaded<Props> | undefined>

/** Reads an id from a query, in lower case; nothing where it is missing or no id. */
export function idFrom(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)
  return isId(value) ? value.toLowerCase() : undefined
}
