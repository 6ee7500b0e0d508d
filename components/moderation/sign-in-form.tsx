import { ProofField } from '#components/moderation/proof-field.tsx'
import { Island } from '#components/site/island.tsx'
import { Field } from '#components/ui/field.tsx'
import type { RejectedForm } from '#lib/rejected-form.ts'
import messages from '#messages/desk.json' with { type: 'json' }

/**
 * Lets moderators sign in. The name is for the log; the password is the same for all. With script the form
 * brings a proof of work, so that no limit refuses it.
 */
export function SignInForm({ rejected }: { rejected: RejectedForm | undefined }) {
  const fields = rejected?.path === '/api/moderation/session' ? rejected.fields : {}
  return (
    <form
      method="post"
      action="/api/moderation/session"
      aria-label={messages.signIn}
      noValidate
      className="mt-1.5 max-w-[26rem] border border-ink px-1.5 pt-0.5 pb-1.5"
    >
      <input type="hidden" name="act" value="sign-in" />
      <Field
        id="sign-in-name"
        name="name"
        label={messages.yourName}
        help={messages.nameHelp}
        problem={fields.name}
      >
        {(props) => (
          <input
            {...props}
            autoComplete="username"
            defaultValue={rejected?.values.name}
            className="field"
          />
        )}
      </Field>
      <Field
        id="sign-in-password"
        name="password"
        label={messages.password}
        problem={fields.password}
      >
        {(props) => (
          <input {...props} type="password" autoComplete="current-password" className="field" />
        )}
      </Field>
      <Island name="proof" of={ProofField} props={{}} />
      <button className="press press-first mt-1.5">{messages.signIn}</button>
    </form>
  )
}
