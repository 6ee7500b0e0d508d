import { Slot } from '#components/site/slot.tsx'

export const dynamic = 'force-static'

/** The page of comments as the build leaves it to the server, which puts the comments in. */
export default function CommentsShell() {
  return <Slot />
}
