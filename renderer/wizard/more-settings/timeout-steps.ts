/** The stops of the timeout slider: finer where short, coarser where long, from the shortest to the longest allowed (B5). */
import { timeoutRange } from '../../../shared/model/account.ts'

/** Seconds. */
export const timeoutSteps: readonly number[] = [timeoutRange.min, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, timeoutRange.max]

/** The stop nearest to a value that may have been set elsewhere. */
export function sliderOf(seconds: number): number {
  const distances = timeoutSteps.map((step) => Math.abs(step - seconds))
  return distances.indexOf(Math.min(...distances))
}

export function timeoutOf(stop: number): number {
  return timeoutSteps[Math.max(0, Math.min(Math.round(stop), timeoutSteps.length - 1))] ?? timeoutRange.min
}
