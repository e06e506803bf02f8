/**
 * Settings of version 1 had one list of shared outgoing servers, each naming its level. From version 2 on a server stands with
 * the organization or the unit it belongs to, one each. Of several at one level the one that was used stays: the first that is
 * switched on, else the first. The file as it was is kept beside the new one. What is not as version 1 writes it is left as it is,
 * and the schema refuses it.
 */
type Json = Readonly<Record<string, unknown>>

export function serversToTheirLevels(settings: Json): Record<string, unknown> {
  const { outgoingServers, ...rest } = settings
  if (!Array.isArray(outgoingServers) || !outgoingServers.every(isRecord)) return { ...settings }
  const at = (level: string, unitId: unknown) => {
    const here = outgoingServers.filter((server) => server['level'] === level && (level === 'organization' || server['unitId'] === unitId))
    const used = here.find((server) => server['enabled'] !== false) ?? here[0]
    if (used === undefined) return null
    const { id: _id, name: _name, level: _level, unitId: _unitId, ...server } = used
    return server
  }
  const { organization, units } = rest
  return {
    ...rest,
    organization: isRecord(organization) ? { ...organization, server: at('organization', null) } : organization,
    units: Array.isArray(units) ? units.map((unit: unknown) => (isRecord(unit) ? { ...unit, server: at('unit', unit['id']) } : unit)) : units,
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
