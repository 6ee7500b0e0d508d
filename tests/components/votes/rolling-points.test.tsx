import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RollingPoints } from '#components/votes/rolling-points.tsx'

test('points roll up or down by an element of their own for each change, and not at first', () => {
  const { container, rerender } = render(<RollingPoints points={1} />)
  const figure = () => container.querySelector('span')!
  const first = figure()
  expect(first.outerHTML).toBe('<span aria-hidden="true">1</span>')
  rerender(<RollingPoints points={1} />)
  expect(figure()).toBe(first)
  const seen = [2, 1, 2].map((points) => {
    rerender(<RollingPoints points={points} />)
    expect(container.querySelectorAll('span')).toHaveLength(1)
    return figure()
  })
  expect(seen.map(({ outerHTML }) => outerHTML)).toEqual([
    '<span aria-hidden="true" class="roll-up">2</span>',
    '<span aria-hidden="true" class="roll-down">1</span>',
    '<span aria-hidden="true" class="roll-up">2</span>',
  ])
  expect(new Set([first, ...seen]).size).toBe(4)
})
