import type { LiveChange } from '#lib/comments/live-change.ts'

export type Heard = { id: string; change: LiveChange }

/** The events of an answer of `/api/live`, one after another; heartbeats and the like are left out. */
export async function* eventsOf(response: Response): AsyncGenerator<Heard> {
  for await (const block of blocksOf(response)) {
    const data = block.match(/^data: (.*)$/m)?.[1]
    if (data) yield { id: block.match(/^id: (\d+)$/m)![1]!, change: JSON.parse(data) }
  }
}

/** What is parted by empty lines. */
export async function* blocksOf(response: Response): AsyncGenerator<string> {
  let text = ''
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + part).split('\n\n')
    text = blocks.pop()!
    yield* blocks
  }
}
