import { isId } from '#lib/api/input.ts'

/**
 * Tells on which page a refused form stands, so that it is shown there again: of moderators' forms one of
 * theirs, of others the comments.
 *
 * @returns the path, and what is asked of it
 */
export function refusedAt(
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
