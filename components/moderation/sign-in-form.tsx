import type { RejectedForm } from '#lib/rejected-form.ts'
import words from '#messages/desk.json' with { type: 'json' }

/** The name is for the log; the password is the same for all moderators. */
export function SignInForm({ refused }: { refused: RejectedForm | undefined }) {
  const fields = refused?.path === '/api/moderation/session' ? refused.fields : {}
  return (
    <form
      method="post"
      action="/api/moderation/session"
      aria-label={words.signIn}
      className="mt-1.5 max-w-[26rem] border border-ink p-1.5"
    >
      <input type="hidden" name="act" value="sign-in" />
      <Field name="name" label={words.yourName} help={words.nameHelp} problem={fields.name}>
        {(props) => (
          <input
            {...props}
            autoComplete="username"
            defaultValue={refused?.values.name}
            className="field"
          />
        )}
      </Field>
      <Field name="password" label={words.password} problem={fields.password}>
        {(props) => (
          <input {...props} type="password" autoComplete="current-password" className="field" />
        )}
      </Field>
      <button className="press press-first mt-1.5">{words.signIn}</button>
    </form>
  )
}

function Field({
  name,
  label,
  help,
  problem,
  children,
}: {
  name: string
  label: string
  help?: string
  problem: string | undefined
  children: (props: {
    id: string
    name: string
    required: true
    'aria-invalid': boolean
    'aria-describedby': string | undefined
  }) => React.ReactNode
}) {
  const id = `sign-in-${name}`
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ')
  return (
    <div className="mt-1 first-of-type:mt-0">
      <label htmlFor={id} className="block font-sans text-base font-semibold">
        {label}
      </label>
      {children({
        id,
        name,
        required: true,
        'aria-invalid': problem !== undefined,
        'aria-describedby': described || undefined,
      })}
      {problem && (
        <p
          id={`${id}-problem`}
          className="mt-[0.25rem] font-sans text-base font-semibold text-accent"
        >
          {problem}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="small-print mt-[0.25rem]">
          {help}
        </p>
      )}
    </div>
  )
}
