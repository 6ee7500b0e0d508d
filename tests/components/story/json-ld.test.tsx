import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { JsonLd } from '#components/story/json-ld.tsx'

test('nothing in the data can end its script, and it comes back as it was', () => {
  const data = { headline: '</script><script>alert(1)</script><!-- & "quotes"' }
  const { container } = render(<JsonLd data={data} />)
  const script = container.querySelector('script[type="application/ld+json"]')!
  expect(script.innerHTML).not.toContain('<')
  expect(JSON.parse(script.textContent)).toEqual(data)
})
