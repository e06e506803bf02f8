/** What a bench may say about several runs: their medians, and how those relate. Nothing is weighted or left out. */

/** The middle value; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [below, above] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN]
  return (below + above) / 2
}

/** To so many significant figures: a bench of a few runs has no more to say. */
export function rounded(value: number, figures = 3): number {
  return Number(value.toPrecision(figures))
}
