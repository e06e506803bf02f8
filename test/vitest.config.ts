import { defineConfig } from 'vitest/config'

const suite = (name: string, timeoutSeconds: number) => ({
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], testTimeout: timeoutSeconds * 1000, hookTimeout: 120_000, pool: 'forks' as const },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { projects: [suite('unit', 20), suite('contract', 60), suite('protocol', 60), suite('crash', 120), suite('journeys', 180)] },
})
