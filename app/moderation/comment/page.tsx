import { ReviewPage } from '#components/moderation/review-page.tsx'
import { loadComment } from '#lib/pages/load-moderation-pages.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadComment, ReviewPage)
