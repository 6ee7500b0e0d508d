import { CHOICES, type Appearance } from '#lib/browser/reading/appearance.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

const BUTTON = 'min-h-touch border border-ink px-0.5 font-semibold hover:bg-ink hover:text-paper'

/** Shows the choices of how the pages appearance, and buttons for what else can be done with the story. */
export function AppearancePanel({
  appearance,
  onChange,
  onListen,
  onShare,
  onPoint,
  onKeys,
  isStory,
  canListen,
}: {
  appearance: Appearance
  onChange: (appearance: Appearance) => void
  onListen: () => void
  onShare: () => void
  onPoint: () => void
  onKeys: () => void
  isStory: boolean
  canListen: boolean
}) {
  const close = () => document.getElementById('comforts')!.hidePopover()
  const after = (act: () => void) => () => {
    close()
    act()
  }
  return (
    <>
      {Object.entries(CHOICES).map(([choice, values]) => (
        <fieldset key={choice} className="mb-0.5 min-w-0">
          <legend className="font-semibold">{messages[choice as keyof Appearance]}</legend>
          <div className="mt-hair flex flex-wrap gap-hair">
            {values.map((value) => (
              <label
                key={value}
                className="flex min-h-touch flex-auto cursor-pointer items-center justify-center border border-rule px-0.5 text-center has-checked:border-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink forced-colors:has-checked:border-4"
              >
                <input
                  type="radio"
                  name={`look-${choice}`}
                  value={value}
                  checked={appearance[choice as keyof Appearance] === value}
                  onChange={() => onChange({ ...appearance, [choice]: value })}
                  className="sr-only"
                />
                {messages[value]}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="mt-1 flex flex-wrap gap-hair border-t border-rule pt-1">
        {canListen && (
          <button type="button" className={BUTTON} onClick={after(onListen)}>
            {messages.listen}
          </button>
        )}
        {isStory && (
          <>
            <button type="button" className={BUTTON} onClick={after(onShare)}>
              {messages.share}
            </button>
            <button type="button" className={BUTTON} onClick={after(onPoint)}>
              {messages.linkHere}
            </button>
            <button type="button" className={BUTTON} onClick={after(() => window.print())}>
              {messages.print}
            </button>
          </>
        )}
        <button type="button" className={BUTTON} onClick={onKeys}>
          {messages.keys}
        </button>
        <button type="button" className={BUTTON} onClick={close}>
          {messages.close}
        </button>
      </div>
    </>
  )
}
