import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { signMessage } from '#lib/server/webhook-signature.ts'

const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' }
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('the example of Standard Webhooks is signed as its libraries sign it', () => {
  const headers = signMessage(MESSAGE, SECRET, 1_614_265_330_999)
  expect(headers).toMatchObject({
    'webhook-id': MESSAGE.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a receiver that uses the library of Standard Webhooks believes a message', () => {
  const message = { id: 'one', body: '{"name":"Zoë"}' }
  const headers = signMessage(message, SECRET, Date.now())
  expect(new Webhook(SECRET).verify(message.body, headers)).toEqual({ name: 'Zoë' })
  expect(() => new Webhook(SECRET).verify('{"name":"Zoe"}', headers)).toThrow()
})

test('a secret without the prefix is a key as it stands', () => {
  const secret = 'a secret of the publisher'
  const headers = signMessage(MESSAGE, secret, Date.now())
  const receiver = new Webhook(secret, { format: 'raw' })
  expect(receiver.verify(MESSAGE.body, headers)).toEqual({ test: 2432232314 })
})

test('the header from before Standard Webhooks stays beside theirs', () => {
  const sign = (secret: string) =>
    createHmac('sha256', secret).update(`1614265330.${MESSAGE.body}`).digest('hex')
  for (const secret of [SECRET, 'a secret of the publisher'])
    expect(signMessage(MESSAGE, secret, 1_614_265_330_000)).toMatchObject({
      'x-broadside-signature': `t=1614265330,v1=${sign(secret)}`,
    })
})
