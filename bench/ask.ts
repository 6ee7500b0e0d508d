import { type Agent, request } from 'node:http'

/** A request, without its origin. */
export type Asked = {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** Returns the status of an answer when it is there; 0 where the connection broke. */
export function ask(origin: string, { body, ...options }: Asked, agent: Agent): Promise<number> {
  return new Promise((found) => {
    const sent = request(origin + options.path, { ...options, agent }, (answer) => {
      answer.resume().on('end', () => found(answer.statusCode!))
    })
    sent.on('error', () => found(0)).end(body)
  })
}
