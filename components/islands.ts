import type { IslandName } from '#components/island.tsx'
import { Deferred } from '#components/deferred.tsx'
import { QuickNavigation } from '#components/quick-navigation.tsx'
import { StoryComments } from '#components/story-comments.tsx'
import { Views } from '#components/views.tsx'
import { Votes } from '#components/votes.tsx'
import { hydrateIslands, type Registry } from '#lib/browser/islands.ts'

/** Names the component of each island; those that the story does not need are loaded where they are. */
const islands: Registry<IslandName> = {
  comments: () => import('#components/all-comments.tsx').then((module) => module.AllComments),
  deferred: () => Deferred,
  'quick-navigation': () => QuickNavigation,
  shortcuts: () => import('#components/desk/shortcuts.tsx').then((module) => module.Shortcuts),
  'story-comments': () => StoryComments,
  views: () => Views,
  votes: () => Votes,
}

void hydrateIslands(islands)
