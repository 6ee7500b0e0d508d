import { json, route } from '#lib/http.ts'
import { getStore } from '#lib/store/index.ts'

export const GET = route(async () => {
  await (await getStore()).check()
  return json({ status: 'ready' })
})
