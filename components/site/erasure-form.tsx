import inputMessages from '#messages/input.json' with { type: 'json' }
import messages from '#messages/privacy.json' with { type: 'json' }

/**
 * Lets readers erase all that this browser’s cookie has written and voted. It is the same for every reader.
 */
export function ErasureForm() {
  return (
    <form
      id="erase"
      method="post"
      // A refusal leads to what to do; the answer to one that is done leads elsewhere.
      action="/api/erasure#unconfirmed"
      noValidate
      aria-labelledby="erase-heading"
      className="mt-2 border border-ink p-1.5 font-sans text-base"
    >
      <h3 id="erase-heading" className="font-semibold">
        {messages.erase}
      </h3>
      <p id="unconfirmed" tabIndex={-1} className="problem hidden outline-none target:block">
        {inputMessages.tickFirst}
      </p>
      <label className="mt-0.5 flex min-h-touch items-center gap-0.5">
        <input
          type="checkbox"
          name="confirm"
          value="yes"
          required
          className="size-icon shrink-0 accent-ink"
        />
        {messages.confirm}
      </label>
      <button className="mt-0.5 min-h-button bg-ink px-1.5 font-semibold text-paper hover:bg-soft">
        {messages.eraseButton}
      </button>
    </form>
  )
}

/**
 * Holds both results of an erasure. The answer redirects to the id of one, and only that is shown
 * (`:target`).
 */
export function ErasureResults() {
  return (
    <>
      <Result id="erased">{messages.erased}</Result>
      <Result id="nothing-kept">{messages.nothingKept}</Result>
    </>
  )
}

function Result({ id, children }: { id: string; children: string }) {
  return (
    <p
      id={id}
      tabIndex={-1}
      className="mt-2 hidden border-s-4 border-ink ps-1 font-sans text-base font-semibold outline-none target:block"
    >
      {children}
    </p>
  )
}
