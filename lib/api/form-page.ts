import { isId } from '#lib/api/input.ts'

/**
 * Finds the page that has the form which is sent to `path`: one for moderators, or else that of comments.
 *
 * @param values the fields of the form, unchecked
 */
export function pageOfForm(
  path: string,
  values: Record<string, string>,
): { path: string; query: URLSearchParams } {
  const at = (path: string, query: Record<string, string> = {}) => ({
    path,
    query: new URLSearchParams(query),
  })
  const comment = (id: string | undefined) =>
    isId(id) ? at('/moderation/comment', { id }) : undefined
  switch (path) {
    case '/api/comments':
      return values.as === 'author'
        ? (comment(values.parent) ?? at('/moderation'))
        : at('/comments')
    case '/api/moderation/erasures':
    case '/api/moderation/bans':
      return comment(values.comment) ?? at('/moderation/bans')
    case '/api/moderation/decisions':
      return (
        comment(values.at) ?? at('/moderation', isId(values.after) ? { after: values.after } : {})
      )
    case '/api/moderation/settings':
      return at('/moderation/settings')
    case '/api/moderation/undo':
      return at(values.from === 'log' ? '/moderation/log' : '/moderation')
    case '/api/moderation/session':
      return at('/moderation')
    default:
      return at('/comments')
  }
}
