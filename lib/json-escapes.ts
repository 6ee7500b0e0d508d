/**
 * Writes as escapes what JSON leaves as it is, but a terminal would obey: C1 control characters and those
 * that change the direction of letters. The value stays the same.
 */
export function escapeControls(json: string): string {
  return json.replace(
    /[\x7f-\x9f\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
