import type { LoadPage, PageRequest } from '#lib/pages/load-page.ts'
import type { SlotName, Slots } from '#lib/slots.ts'
import { patternOf } from '#lib/http/paths.ts'
import type { Budget } from '#lib/settings/limits.ts'

/** A function that answers a request, as a `route.ts` exports it under the name of its method. */
type Handler = (request: Request) => Promise<Response>
/** The handlers of a route by method. */
export type Methods = Partial<Record<string, Handler>>

/** A page that the build has made completely. */
export type DocumentRoute = { document: string }

/** A page that is made for each request: the props that `load` finds fill the slot of a shell. */
export type PageRoute<Name extends SlotName = SlotName> = {
  shell: string
  slot: Name
  load: LoadPage<Slots[Name]>
  /** Returns the key by which readers share one rendering of the page; see `lib/pages/load-comments-page.ts`. */
  sharedKey?: (request: PageRequest) => string | undefined
  /** Whether search engines are told to leave it out. */
  isPrivate?: boolean
}

/** A route that handlers answer. */
export type HandlerRoute = {
  methods: Methods
  /** The budget that a GET takes from, `reads` without it; `none` for what costs no more than a file. */
  budget?: Budget | 'none'
}
/** What answers at one path. */
export type Route = DocumentRoute | { [Name in SlotName]: PageRoute<Name> }[SlotName] | HandlerRoute
/** All routes by path, where `[id]` stands for a UUID. */
export type Routes = Record<string, Route>

/** Finds the route of a path. */
export function findRoute(routes: Routes, path: string): Route | undefined {
  const pattern = patternOf(path)
  return Object.hasOwn(routes, pattern) ? routes[pattern] : undefined
}
