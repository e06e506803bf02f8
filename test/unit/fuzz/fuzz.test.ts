/** A few seconds of made-up input for every reader of what strangers write and for what goes out, the same each time. Ten minutes of new input: test/long/fuzz.test.ts. */
import { expect, test } from 'vitest'
import { readXml } from '../../../electron/discovery/read-xml.ts'
import { documentTargets, hostileXml } from '../../fakes/fuzz/document-targets.ts'
import { outgoingTargets } from '../../fakes/fuzz/outgoing-targets.ts'
import { protocolTargets } from '../../fakes/fuzz/protocol-targets.ts'

test.each([...protocolTargets, ...documentTargets, ...outgoingTargets])('whatever they say, nothing is thrown, believed or kept for ever: $name', async ({ run }) => {
  await expect(run({ seed: 1, numRuns: 100 })).resolves.toBeUndefined()
})

test.each(hostileXml)('XML with %s is refused', async (_what, text) => {
  expect(await readXml(Buffer.from(text), {})).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
})
