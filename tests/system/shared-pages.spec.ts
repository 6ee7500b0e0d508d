// Tests lib/server/render-page.ts, lib/pages/load-comments-page.ts
import { expect, OWN_PAGE, test, writeComments } from '#tests/support/site.ts'

const status = async (url: string, headers: HeadersInit = {}) => {
  const response = await fetch(url, { headers })
  await response.arrayBuffer()
  return response.status
}

test('an address that names no comment is no page, and takes none from other readers', async ({
  site,
}) => {
  const [comment] = await writeComments(site.origin, 1)
  const permalink = `${site.origin}/comments?page=${comment!.id}`
  for (let i = 0; i < 3; i++)
    for (const [url, expected] of [
      [`${site.origin}/comments?page=`, 404],
      [`${site.origin}/comments`, 200],
      [`${site.origin}/comments?after=nobody`, 404],
      [`${permalink}x`, 404],
      [permalink, 200],
      [`${site.origin}/comments?sort=sideways`, 200],
    ] as const)
      expect([url, await status(url)]).toEqual([url, expected])
})

test('what a reader with a cookie is shown is shown to nobody else', async ({ site }) => {
  const [comment] = await writeComments(site.origin, 1)
  const voted = await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify({ vote: 'up', comment: comment!.id }),
  })
  const cookie = voted.headers.get('set-cookie')!.split(';')[0]!
  const pressed = async (path: string, headers: HeadersInit) => {
    const page = await (await fetch(site.origin + path, { headers })).text()
    return page.match(/aria-pressed="true"/g)?.length ?? 0
  }
  for (let i = 0; i < 3; i++) {
    expect(await pressed('/comments', { cookie })).toBe(1)
    expect(await pressed('/comments', {})).toBe(0)
  }
  await fetch(`${site.origin}/api/votes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE, cookie },
    body: '{"vote":"down"}',
  })
  expect(await pressed('/?voted', { cookie })).toBe(1)
  expect(await pressed('/?voted', {})).toBe(0)
  expect(await pressed('/', { cookie })).toBe(0)
})

test('the forms that readers share have no key, and a token that is good for all of them', async ({
  site,
}) => {
  const page = await (await fetch(`${site.origin}/comments`)).text()
  expect(page).not.toMatch(/name="key"/)
  const token = page.match(/name="token" value="([^"]+)"/)![1]!
  for (const name of ['Ann', 'Ben']) {
    const response = await fetch(`${site.origin}/api/comments`, {
      method: 'POST',
      headers: OWN_PAGE,
      body: new URLSearchParams({ name, text: `By ${name}`, token }),
      redirect: 'manual',
    })
    expect([name, response.status]).toEqual([name, 303])
  }
  const forged = token.replace(/\d(?=\.[^.]*$)/, (digit) => String((Number(digit) + 1) % 10))
  const refused = await fetch(`${site.origin}/api/comments`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ name: 'Eve', text: 'By Eve', token: forged }),
  })
  expect(refused.status).toBe(409)
})
