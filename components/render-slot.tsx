import { Children, type ComponentType, type ReactNode } from 'react'
import { jsxTemplate } from 'preact/jsx-runtime'
import { renderToString } from 'preact-render-to-string'
import {
  CommentItem,
  type CommentItemProps,
  CommentItemContext,
} from '#components/comments/comment-item.tsx'
import { CommentsPage } from '#components/comments/comments-page.tsx'
import { StoryComments } from '#components/comments/story-comments.tsx'
import { BansPage } from '#components/moderation/bans-page.tsx'
import { LogPage } from '#components/moderation/log-page.tsx'
import { QueuePage } from '#components/moderation/queue-page.tsx'
import { ReviewPage } from '#components/moderation/review-page.tsx'
import { SettingsPage } from '#components/moderation/settings-page.tsx'
import { Island } from '#components/site/island.tsx'
import { Views } from '#components/story/views.tsx'
import { StoryVotes } from '#components/votes/story-votes.tsx'
import { formatAge } from '#lib/i18n/dates.ts'
import type { RenderSlot, SlotName, Slots } from '#lib/slots.ts'
import { StringCache } from '#lib/string-cache.ts'

/** The component of each slot. The build bundles this file for the server, with Preact in place of React. */
const components: { [Name in SlotName]: ComponentType<Slots[Name]> } = {
  bans: BansPage,
  comments: CommentsPage,
  log: LogPage,
  queue: QueuePage,
  review: ReviewPage,
  settings: SettingsPage,
  'story-comments': (props) => <Island name="story-comments" of={StoryComments} props={props} />,
  views: (props) => <Island name="views" of={Views} props={props} />,
  votes: (props) => <Island name="votes" of={StoryVotes} props={props} />,
}

/** Renders the component of a slot to HTML. */
export const renderSlot: RenderSlot = (name, props) => {
  const Slot = components[name] as ComponentType<object>
  const html = renderToString(
    <CommentItemContext value={CachedComment}>
      <Slot {...props} />
    </CommentItemContext>,
  )
  return keepFirstLines(shorten(html))
}

/** The markup of the comments rendered last: at most 4,000,000 characters, about 2,000 comments. */
const markup = new StringCache(4_000_000)

/** Shows a comment, and reuses its markup where that is the same for all readers, as for most of a page. */
function CachedComment(props: CommentItemProps): ReactNode {
  const { comment, language, closed, now, isStart, refusal, children } = props
  if (comment.mine || refusal || Children.toArray(children).length > 0)
    return <CommentItem {...props} />
  // All that the markup depends on. `text` is left out: `body` is its syntax tree.
  const age = formatAge(comment.createdAt, now, language)
  const key = JSON.stringify([{ ...comment, text: '' }, language, closed, age, isStart])
  const html = markup.get(key, () => flattenString(renderToString(<CommentItem {...props} />)))
  // Preact's own way to insert markup unescaped; it is only what was rendered above.
  return jsxTemplate([html]) as ReactNode
}

/** Copies a string: V8 keeps what was put together as a tree of parts, and each use walks through it. */
function flattenString(text: string): string {
  return Buffer.from(text).toString()
}

/**
 * Repeats the line end that a text area begins with: a browser leaves the first out. React does so, too.
 * https://html.spec.whatwg.org/multipage/grouping-content.html#the-pre-element
 */
function keepFirstLines(html: string): string {
  return html.replace(/<(?:textarea|pre)\b[^<>]*>(?=\n)/g, '$&\n')
}

/**
 * Quotes the props of islands with single quotes: in double ones each quote of their JSON would be six
 * characters.
 */
function shorten(html: string): string {
  let short = ''
  let end = 0
  // It is faster than a regular expression over the whole page.
  for (let at = html.indexOf(ISLAND); at >= 0; at = html.indexOf(ISLAND, end)) {
    const start = html.indexOf(PROPS, at) + PROPS.length
    short += html.slice(end, start - 1)
    end = html.indexOf('"', start) + 1
    const props = html.slice(start, end - 1)
    short += `'${props.replaceAll("'", '&#39;').replaceAll('&quot;', '"')}'`
  }
  return short + html.slice(end)
}

const ISLAND = '<x-island name="'
const PROPS = ' props="'
