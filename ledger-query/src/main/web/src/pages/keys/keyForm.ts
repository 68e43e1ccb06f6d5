import { type LedgerCommand } from 'neuron-ledger-client/browser';
import { dayOf } from '../../ui/days';
import { isAddress } from '../../ui/format';
import { type Scope } from '../../app/scopes';

export type ApiKey = LedgerCommand['schemas']['ApiKey'];

const DAY_MS = 86_400_000;
/** A key is good for a year at most, and a day more where it is a leap year. */
export const DAYS_MAX = 366;

/** What a person has typed. */
export interface KeyForm {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly owner: string;
  readonly provider: string;
  /** The UTC day at whose beginning the key ends. */
  readonly until: string;
}

export interface KeyBody {
  readonly name: string;
  scopes: Scope[];
  readonly expires_at: string;
  readonly owner?: string;
  readonly provider?: string;
}

export type KeyWrong = Partial<Record<keyof KeyForm, string>>;

/** The request that makes the key, or what is wrong with what was typed. */
export function keyBodyOf(form: KeyForm, now: number): { readonly body: KeyBody } | { readonly wrong: KeyWrong } {
  const wrong: KeyWrong = {};
  const address = (field: 'owner' | 'provider', scope: Scope) => {
    if (form.scopes.includes(scope) && !isAddress(form[field].trim())) {
      wrong[field] = 'An address is 0x and 40 hexadecimal digits.';
    }
    return form.scopes.includes(scope) ? { [field]: form[field].trim() } : {};
  };
  if (!/^[!-~]([ -~]{0,98}[!-~])?$/.test(form.name.trim())) {
    wrong.name = '1 to 100 printable characters of ASCII.';
  }
  if (form.scopes.length === 0) {
    wrong.scopes = 'At least one.';
  }
  const end = endOf(form.until, now);
  if (end === undefined) {
    wrong.until = `A day from ${dayAfter(now, 1)} to ${dayAfter(now, DAYS_MAX)}.`;
  }
  const body = { name: form.name.trim(), scopes: [...form.scopes], ...address('owner', 'ledger:read:own'),
    ...address('provider', 'usage:write'), expires_at: end ?? '' };
  return Object.keys(wrong).length > 0 ? { wrong } : { body };
}

/** The beginning of a UTC day, where a key may end then. */
export function endOf(day: string, now: number): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= dayAfter(now, 1) && day <= dayAfter(now, DAYS_MAX)
    ? `${day}T00:00:00Z` : undefined;
}

/** The UTC day so many days from now. */
export function dayAfter(now: number, days: number): string {
  return dayOf(now + days * DAY_MS);
}
