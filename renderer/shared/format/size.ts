/** `12.55 GB`, `412 MB`, `18 kB`: decimal, as disks are sold and file managers count. */
export function size(bytes: number): string {
  // The limits lie where rounding would write 1000 of the smaller unit.
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(bytes >= 1e11 ? 0 : 2)} GB`
  if (bytes > 999e3) return `${Math.round(bytes / 1e6)} MB`
  return `${Math.ceil(bytes / 1e3)} kB`
}

/** `1.17 of 2.60 GB`: both in the unit of the larger. */
export function sizeOf(done: number, total: number): string {
  const [unit, per, digits] = total >= 1e9 ? ['GB', 1e9, 2] : total >= 1e6 ? ['MB', 1e6, 1] : ['kB', 1e3, 0]
  return `${(done / per).toFixed(digits)} of ${(total / per).toFixed(digits)} ${unit}`
}

/** `84 MB/s` */
export function rate(bytesPerSecond: number): string {
  return `${size(bytesPerSecond)}/s`
}

/** `1 scene`, `13 scenes` */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? one : many}`
}
