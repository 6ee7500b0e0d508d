import { json } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { makeOpenApi } from '#lib/api/openapi/openapi.ts'

const CACHE = { 'cache-control': 'public, max-age=3600' }

let document: object | undefined

export const GET = route(async () => json((document ??= makeOpenApi()), 200, CACHE))
