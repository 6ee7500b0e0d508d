import { isForm, readBody } from '#lib/http/request-body.ts'
import { json, seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { erasureInput } from '#lib/api/input.ts'
import { deleteReaderCookie, readReader } from '#lib/api/reader-cookie.ts'
import { getStore } from '#lib/store/index.ts'

export const POST = route(async (request) => {
  await readBody(request, erasureInput)
  const reader = await readReader(request.headers.get('cookie'))
  const erased = reader ? await (await getStore()).eraseReader(reader) : { comments: 0, votes: 0 }
  // And what the browser keeps: drafts, and what would be sent when the network is back.
  const headers = { 'clear-site-data': '"storage"' }
  const response = isForm(request)
    ? seeOther(reader ? '/privacy#erased' : '/privacy#nothing-kept', headers)
    : json(erased, 200, headers)
  deleteReaderCookie(request, response)
  return response
})
