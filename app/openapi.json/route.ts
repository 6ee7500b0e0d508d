import { jsonText } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { makeOpenApi } from '#lib/api/openapi/openapi.ts'

const CACHE = { 'cache-control': 'public, max-age=3600' }

let document: Uint8Array<ArrayBuffer> | undefined

export const GET = route(async () => {
  document ??= Buffer.from(JSON.stringify(makeOpenApi()))
  return jsonText(document, 200, CACHE)
})
