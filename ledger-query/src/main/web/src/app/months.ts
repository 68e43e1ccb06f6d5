/** The last so many months, newest first, that of the day included: `2026-11`. */
export function monthsUntil(day: string, count: number): string[] {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - back, 1)).toISOString().slice(0, 7),
  );
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether a text names a month, as `2026-11` does. */
export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** The first and the last day of a month. */
export function periodOf(month: string): { start_date: string; end_date: string } {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
  return { start_date: `${month}-01`, end_date: last.toISOString().slice(0, 10) };
}
