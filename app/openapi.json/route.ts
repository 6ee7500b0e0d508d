import { json, route } from '#lib/http.ts'
import { makeOpenApi } from '#lib/openapi.ts'

const CACHE = { 'cache-control': 'public, max-age=3600' }

let document: object | undefined

export const GET = route(async () => json((document ??= makeOpenApi()), 200, CACHE))
