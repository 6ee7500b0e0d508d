/** What a key writes, and where that is not in Latin letters what it is called: `j`, `X` or `?`. */
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
