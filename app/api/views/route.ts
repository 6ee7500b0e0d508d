import { isbot } from 'isbot'
import { clientAddress, json, route } from '#lib/http.ts'
import { getStore } from '#lib/store/index.ts'
import { dayOf, visitorHash } from '#lib/views.ts'

export const POST = route(async (request) => {
  const store = await getStore()
  const browser = request.headers.get('user-agent')
  if (!browser || isbot(browser)) return json({ views: await store.readViews() })
  const day = dayOf(Date.now())
  const key = await store.readSecret('visitors', day)
  const viewer = visitorHash(key, clientAddress(request), browser)
  return json({ views: await store.countView(day, viewer) })
})
