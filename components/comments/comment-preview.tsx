import { CommentText } from '#components/comments/comment-text.tsx'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import messages from '#messages/comments.json' with { type: 'json' }

/** Shows how a text will look once it is posted. */
export function CommentPreview({ nodes }: { nodes: CommentNode[] }) {
  return (
    <section aria-label={messages.preview} className="mt-1 border-s-4 border-rule ps-1">
      <p className="font-bold small-caps">{messages.preview}</p>
      <div className="comment-text wrap-anywhere" dir="auto">
        <CommentText nodes={nodes} />
      </div>
    </section>
  )
}
