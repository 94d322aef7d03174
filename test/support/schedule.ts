/** `npm run test:long` asks for whole schedules; `npm test` runs a share of each. */
export const isLong = process.env['FIELDREEL_LONG'] === '1'

/**
 * How often a repeated test repeats.
 * @param name environment variable that sets another number, such as FIELDREEL_KILLS.
 */
export function repeats(name: string, { short, long }: { short: number; long: number }): number {
  const given = process.env[name]
  return given === undefined ? (isLong ? long : short) : Number(given)
}
