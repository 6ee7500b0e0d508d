import type { IslandName } from '#components/site/island.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { StoryComments } from '#components/comments/story-comments.tsx'
import { Views } from '#components/story/views.tsx'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import { hydrateIslands, type Registry } from '#lib/browser/hydrate-islands.ts'

/** Maps each island to its component. What the story’s page does not need is loaded only where it is used. */
const islands: Registry<IslandName> = {
  comments: () =>
    import('#components/comments/all-comments.tsx').then((module) => module.AllComments),
  deferred: () => Deferred,
  proof: () => import('#components/moderation/proof-field.tsx').then((module) => module.ProofField),
  shortcuts: () =>
    import('#components/moderation/queue-shortcuts.tsx').then((module) => module.QueueShortcuts),
  'story-comments': () => StoryComments,
  views: () => Views,
  votes: () => StoryVotes,
}

void hydrateIslands(islands)
