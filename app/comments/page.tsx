import { CommentsPage } from '#components/comments/comments-page.tsx'
import { loadCommentsPage } from '#lib/pages/load-comments-page.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadCommentsPage, CommentsPage)
