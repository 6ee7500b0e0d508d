import { useEffect, useRef } from 'react'
import messages from '#messages/comforts.json' with { type: 'json' }

/** Shows the keyboard shortcuts in a dialog, with a checkbox to turn them off. */
export function ShortcutList({
  isStory,
  canListen,
  isOn,
  onChange,
  onClose,
}: {
  isStory: boolean
  canListen: boolean
  isOn: boolean
  onChange: (isOn: boolean) => void
  onClose: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current!.showModal(), [])
  const keys = [
    isStory && ['j, k', messages.keySections],
    isStory && ['c', messages.keyComments],
    canListen && ['l', messages.keyListen],
    isStory && ['p', messages.keyLink],
    isStory && ['s', messages.keyShare],
    ['t', messages.keyTheme],
    ['?', messages.keyList],
  ].filter((key) => key !== false)
  return (
    <dialog
      ref={dialog}
      aria-labelledby="key-list"
      onClose={onClose}
      className="m-auto max-w-[calc(100vw-1.875rem)] border border-ink bg-paper p-1.5 font-sans text-base leading-2 text-ink"
    >
      <h2 id="key-list" className="font-semibold">
        {messages.keys}
      </h2>
      <dl className="mt-0.5 grid grid-cols-[max-content_1fr] gap-x-1">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-0.5 flex min-h-3 items-center gap-0.5">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => onChange(target.checked)}
          className="size-icon accent-ink"
        />
        {messages.useKeys}
      </label>
      <form method="dialog">
        <button className="min-h-3 border border-ink px-1 font-semibold hover:bg-ink hover:text-paper">
          {messages.close}
        </button>
      </form>
    </dialog>
  )
}
