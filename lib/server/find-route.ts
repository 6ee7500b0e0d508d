import type { LoadPage, PageRequest } from '#lib/pages/load-page.ts'
import type { SlotName, Slots } from '#lib/slots.ts'
import { patternOf } from '#lib/http/paths.ts'

/** A route handler, as a `route.ts` exports it under the name of its method. */
type Handler = (request: Request) => Promise<Response>
export type Methods = Partial<Record<string, Handler>>

/** A page that the build has made whole. */
export type DocumentRoute = { document: string }

/** A page that is made for each request: what `load` finds is shown in the slot of a shell. */
export type PageRoute<Name extends SlotName = SlotName> = {
  shell: string
  slot: Name
  load: LoadPage<Slots[Name]>
  /** Names what those who are shown the same thing share; see `lib/pages/load-comments-page.ts`. */
  sharedKey?: (request: PageRequest) => string | undefined
  isPrivate?: boolean
}

export type HandlerRoute = { methods: Methods }
export type Route = DocumentRoute | { [Name in SlotName]: PageRoute<Name> }[SlotName] | HandlerRoute
/** By path; `[id]` stands for a UUID. */
export type Routes = Record<string, Route>

export function findRoute(routes: Routes, path: string): Route | undefined {
  const pattern = patternOf(path)
  return Object.hasOwn(routes, pattern) ? routes[pattern] : undefined
}
