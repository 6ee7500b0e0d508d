import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { type ComponentType, createElement } from 'react'
import { refusedFormOf } from '#lib/api/next-forms.ts'
import type { LoadPage, PageRequest } from '#lib/pages/load-page.ts'

/** What Next hands to a page. */
type NextPage = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Makes a page of Next's, for `next dev` and `next start`, of what it loads and what shows that. */
export function nextPage<Props extends object>(
  load: LoadPage<Props>,
  Page: ComponentType<Props>,
): (page: NextPage) => Promise<React.ReactNode> {
  return async function PageByNext(page) {
    const loaded = await load(await readRequest(page))
    return loaded ? createElement(Page, loaded.props) : notFound()
  }
}

async function readRequest({ searchParams }: NextPage): Promise<PageRequest> {
  const [asked, request] = await Promise.all([searchParams, headers()])
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    for (const one of [value ?? []].flat()) query.append(name, one)
  return { query, cookies: request.get('cookie'), rejected: refusedFormOf(request) }
}
