import { saveDraft } from '#lib/browser/drafts.ts'
import { fill } from '#lib/i18n/messages.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import {
  removeFromQueue,
  enqueue,
  sendQueue,
  type QueuedRequest,
} from '#lib/browser/offline/offline-queue.ts'
import type { Vote } from '#lib/votes.ts'
import messages from '#messages/offline.json' with { type: 'json' }

/** Lists the votes and comments that could not be sent yet, with buttons to send, edit and discard them. */
export function QueuedItems({ items }: { items: QueuedRequest[] }) {
  const isRefused = items.some(({ refusal }) => refusal)
  return (
    <details open={isRefused}>
      <summary className="cursor-pointer py-[0.6875rem] underline">{messages.show}</summary>
      <ul>
        {items.map((item) => (
          <li key={item.id} className="border-t border-rule py-0.5">
            {item.refusal && (
              <p className="problem">{fill(messages.refused, { reason: item.refusal })}</p>
            )}
            <p className="wrap-anywhere whitespace-pre-wrap" dir="auto">
              {item.body.text ?? describeVote(item)}
            </p>
            <p className="flex flex-wrap gap-x-1 font-semibold">
              {item.refusal && (
                <>
                  <Button onClick={() => void again(item)}>{messages.again}</Button>
                  {item.body.text && (
                    <Button onClick={() => void takeBack(item)}>{messages.edit}</Button>
                  )}
                </>
              )}
              <Button onClick={() => void removeFromQueue(item)}>{messages.discard}</Button>
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Button(props: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      className="min-h-touch min-w-touch underline hover:decoration-2"
      {...props}
    />
  )
}

function describeVote({ body }: QueuedRequest): string {
  return messages[`${body.vote as Vote}On${body.comment ? 'Comment' : 'Story'}`]
}

async function again(item: QueuedRequest): Promise<void> {
  await enqueue(item)
  await sendQueue().catch(() => {})
}

/** Moves a rejected comment back into its form, below what has been typed there since. */
async function takeBack(item: QueuedRequest): Promise<void> {
  const { parent } = item.body
  const form = parent ? `reply-${parent}` : 'comment'
  const field = document.querySelector<HTMLTextAreaElement>(`#${form}-text`)
  const text = [field?.value, item.body.text].filter(Boolean).join('\n\n')
  saveDraft(form, { text, key: newUuid() })
  await removeFromQueue(item)
  if (field) {
    field.value = text
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    field.focus()
  } else
    location.assign(parent ? `/comments?page=${parent}&act=reply#reply-${parent}` : '/comments')
}
