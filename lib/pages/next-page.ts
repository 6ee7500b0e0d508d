import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { type ComponentType, createElement } from 'react'
import { rejectedFormOf } from '#lib/api/next-forms.ts'
import type { LoadPage, PageRequest } from '#lib/pages/load-page.ts'

/** The props that Next gives to a page. */
type NextPage = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Makes the page that Next renders, for `next dev` and `next start`: `Page` with the props that `load` finds. */
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
  return { query, cookies: request.get('cookie'), rejected: rejectedFormOf(request) }
}
