/** Measures a piece of work inside its process, without the start of it, and prints what it cost: for two programs on the same runtime. */
export interface WorkCost {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** Of the whole process until then. */
  readonly peakRssMb: number
  /** What the work answered with. */
  readonly mails: number
}

export async function tellCost(work: () => Promise<number>): Promise<void> {
  const before = process.cpuUsage()
  const began = performance.now()
  const mails = await work()
  const wallSeconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(before)
  const cost: WorkCost = { wallSeconds, cpuSeconds: (user + system) / 1e6, peakRssMb: process.resourceUsage().maxRSS / 1024, mails }
  process.stdout.write(`${JSON.stringify(cost)}\n`)
}
