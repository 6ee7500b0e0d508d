import { Slot } from '#components/site/slot.tsx'

export const dynamic = 'force-static'

/** A page for moderators as the build leaves it to the server, which puts in what they may see. */
export default function ModerationShell() {
  return <Slot />
}
