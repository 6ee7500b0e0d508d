/**
 * Returns the character of a key, such as `j`, `X` or `?`; where the layout is not Latin, the letter printed
 * on the key.
 */
export function shortcutOf({
  key,
  code,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (key === '؟') return '?'
  if (!/^(?!\p{Script=Latin})\P{ASCII}$/u.test(key)) return key
  const letter = code.replace(/^Key/, '')
  return shiftKey ? letter : letter.toLowerCase()
}
