import { localText, utcText } from './format';

/** A moment in UTC; hover and focus show it by the clock of this machine. `beside` shows both. */
export function Time({ of, beside = false }: { of: string; beside?: boolean }) {
  const local = localText(of);
  return beside
    ? <time dateTime={of}>{utcText(of)} <span className="muted">({local} here)</span></time>
    : <time dateTime={of} data-tip={`${local} here`} aria-description={`${local} here`} tabIndex={0}>
      {utcText(of)}</time>;
}
