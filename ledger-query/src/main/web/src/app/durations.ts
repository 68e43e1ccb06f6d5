const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

export type Unit = keyof typeof UNITS;

export const UNIT_NAMES: readonly (readonly [Unit, string])[] = [
  ['seconds', 'Seconds'], ['minutes', 'Minutes'], ['hours', 'Hours'], ['days', 'Days'],
];

/** Whole seconds; undefined where the count is no whole number, or too large to be exact. */
export function secondsOf(count: string, unit: Unit): number | undefined {
  const seconds = /^\d{1,12}$/.test(count.trim()) ? Number(count.trim()) * UNITS[unit] : NaN;
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** The moment so many seconds after another one, as a request names it. */
export function instantAfter(now: number, seconds: number): string {
  return new Date(Math.floor(now / 1000) * 1000 + seconds * 1000).toISOString().replace('.000Z', 'Z');
}
