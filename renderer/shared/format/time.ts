/** `6:42`, `1:02:03`: a duration or a position, whole seconds rounded down. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** `2:41-3:19`, a half-open range. */
export function clockRange(start: number, end: number): string {
  return `${clock(start)}-${clock(end)}`
}

/** `1 h 38 min`, `43 s`, `4 days 3 h`, `4,138 days`: how long something takes or lasts. */
export function span(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  if (hours >= 48) return days(hours)
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

/** `4 days 3 h`; of what lasts for weeks, hours tell nothing. */
function days(hours: number): string {
  const whole = hours < 24 * 14 ? Math.floor(hours / 24) : Math.round(hours / 24)
  return joined(whole.toLocaleString('en-GB'), 'days', hours < 24 * 14 ? hours % 24 : 0, 'h')
}

function joined(large: number | string, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`
}

/** `28 s left`, or an empty text while that is unknown. */
export function timeLeft(seconds: number | null): string {
  return seconds === null ? '' : `${span(seconds)} left`
}

/** The day an instant falls on, on this machine's calendar: `Today`, `Yesterday`, `Thursday`, else `12 April 2026`. */
export function dayName(instant: string, now = new Date()): string {
  const days = Math.round((midnight(now) - midnight(new Date(instant))) / 86_400_000)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days > 1 && days < 7) return new Date(instant).toLocaleDateString('en-GB', { weekday: 'long' })
  return longDate(instant)
}

/** `12 April 2026` */
export function longDate(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}

/** `12 Apr 2026, 08:14` */
export function dateTime(instant: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
  return new Date(instant).toLocaleString('en-GB', options)
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** `38 s`, `0.4 s`, `2:10`: fit for a badge. */
export function lengthText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  return Math.round(seconds) < 60 ? `${Math.round(seconds)} s` : clock(Math.round(seconds))
}
