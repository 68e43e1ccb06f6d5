import { neuron, zeroG } from 'neuron-ledger-client/browser';

/** An amount in 0G, cut where it is read: `-1,234`, `.5`, and the digits that matter only to a computer. */
export interface ShownAmount {
  readonly whole: string;
  /** With its point; empty for none. */
  readonly fraction: string;
  /** The decimals after the sixth. */
  readonly fine: string;
}

const CLEAR_DECIMALS = 6;

/** @param digits decimal digits in neuron, as answers have them; may be negative */
export function shownAmount(digits: string | bigint): ShownAmount {
  const text = zeroG(typeof digits === 'bigint' ? digits : neuron(digits));
  const [whole = '0', fraction = ''] = text.split('.');
  return {
    whole: grouped(whole.replace('-', '−')),
    fraction: fraction === '' ? '' : `.${fraction.slice(0, CLEAR_DECIMALS)}`,
    fine: fraction.slice(CLEAR_DECIMALS),
  };
}

/** Is it 0x and 40 hexadecimal digits? The letter case is for the service to judge. */
export function isAddress(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text);
}

/** An exact amount as one text: `1,234.5 0G`. */
export function amountText(digits: string | bigint): string {
  const { whole, fraction, fine } = shownAmount(digits);
  return `${whole}${fraction}${fine} 0G`;
}

/** Digits in groups of three: `1,234,567`. */
export function grouped(digits: string | number | bigint): string {
  return String(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A share of a whole in thousandths, for the width of a bar: at least one where there is anything. */
export function permille(part: bigint, whole: bigint): number {
  if (part <= 0n || whole <= 0n) {
    return 0;
  }
  return Math.max(1, Number((part >= whole ? whole : part) * 1000n / whole));
}

/** `0x1234…abcd`. */
export function shortened(hex: string, ends: number = 4): string {
  return hex.length <= 2 + 2 * ends + 1 ? hex : `${hex.slice(0, 2 + ends)}…${hex.slice(-ends)}`;
}

/** `2026-11-28 05:00:54 UTC`, without its fraction of a second. */
export function utcText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

/** The same moment by the clock of this machine, with its zone. */
export function localText(instant: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(instant));
}

/** The two largest units of a span of time: `1 d 3 h`, `59 s`; `0 s` for none. */
export function spanText(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const units: readonly [number, string][] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([size]) => left >= size);
  if (first < 0) {
    return '0 s';
  }
  const [size, name] = units[first] as [number, string];
  const second = units[first + 1];
  const rest = second === undefined ? 0 : Math.floor(left % size / second[0]);
  return `${Math.floor(left / size)} ${name}${rest === 0 || second === undefined ? '' : ` ${rest} ${second[1]}`}`;
}

/** Whole seconds from one moment to another; negative where it is over. */
export function secondsUntil(instant: string, now: number): number {
  return Math.floor((Date.parse(instant) - now) / 1000);
}
