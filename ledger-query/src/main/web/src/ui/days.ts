const DAY_MS = 86_400_000;

/** The UTC day of a moment, `2026-11-28`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The last so many UTC days, oldest first, the day of `now` included. */
export function lastDays(count: number, now: number): string[] {
  return Array.from({ length: count }, (_, i) => dayOf(now - (count - 1 - i) * DAY_MS));
}

/** The values by day, of each of the days; 0 on those that have none. */
export function amountsOn<T>(
  days: readonly string[],
  found: readonly T[],
  day: (each: T) => string,
  amount: (each: T) => string,
): bigint[] {
  const byDay = new Map<string, bigint>();
  for (const each of found) {
    byDay.set(day(each), (byDay.get(day(each)) ?? 0n) + BigInt(amount(each)));
  }
  return days.map(each => byDay.get(each) ?? 0n);
}

/**
 * The last known value on each of the days: what is held stays until it changes.
 *
 * @param before what was held before the first day; undefined where that is not known
 */
export function amountsAtEnd<T>(
  days: readonly string[],
  found: readonly T[],
  day: (each: T) => string,
  amount: (each: T) => string,
  before?: string,
): (bigint | undefined)[] {
  const known = [...found].sort((a, b) => (day(a) < day(b) ? -1 : 1));
  return days.map(each => {
    const last = known.findLast(one => day(one) <= each);
    const held = last === undefined ? before : amount(last);
    return held === undefined ? undefined : BigInt(held);
  });
}

/** Each UTC day from the first to the last one, both included; none where the first is later. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) {
    days.push(dayOf(at));
  }
  return days;
}
