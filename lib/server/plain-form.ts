import { uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'
import { escapeText } from '#lib/xml.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import commentMessages from '#messages/comments.json' with { type: 'json' }
import settingsMessages from '#messages/desk-settings.json' with { type: 'json' }
import offlineMessages from '#messages/offline.json' with { type: 'json' }

/** Labels of the fields in which readers and moderators write sentences: they are seen, and others are hidden. */
const LABELS: Record<string, string> = {
  text: commentMessages.label,
  note: actionMessages.note,
  words: settingsMessages.words,
}
/** More fields than any form has. */
const MOST_FIELDS = 20

/**
 * Makes a page that says why a form was refused and holds what was typed, to be sent again. It has no style
 * and costs a hundredth of the page that the form was on.
 */
export function plainForm({ path, values, message }: RejectedForm): string {
  const { lang, dir } = langAttributes(uiLanguage)
  const said = escapeText(message)
  const fields = Object.entries(values).slice(0, MOST_FIELDS).map(makeField).join('')
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${said}</title>
<main>
<h1>${said}</h1>
<form method="post" action="${escapeText(path)}">${fields}<p><button>${offlineMessages.again}</button></p></form>
</main>
</html>
`
}

function makeField([name, value]: [string, string]): string {
  const attributes = `name="${escapeText(name)}"`
  const label = Object.hasOwn(LABELS, name) && LABELS[name]
  // A line end right after the tag is not part of the text: https://html.spec.whatwg.org/#element-restrictions
  return label
    ? `<p><label>${escapeText(label)}<br><textarea ${attributes} rows="10" cols="60">\n${escapeText(value)}</textarea></label></p>`
    : `<input type="hidden" ${attributes} value="${escapeText(value)}">`
}
