import { isbot } from 'isbot'
import { json } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { getStore } from '#lib/store/index.ts'
import { identifyNetworks, identifyVisitor } from '#lib/api/sender.ts'

export const POST = route(async (request) => {
  const store = await getStore()
  const browser = request.headers.get('user-agent')
  if (!browser || isbot(browser)) return json({ views: await store.readViews() })
  const [visitor, networks] = [await identifyVisitor(request), await identifyNetworks(request)]
  return json({ views: await store.countView({ ...visitor, networks }) })
})
