import { href } from '../app/router';
import { useCopy } from './copy';
import { shortened } from './format';

/** A button that copies a text. `label` replaces a text that is not to be read out. */
export function CopyButton({ text, what, label = text }: { text: string; what: string; label?: string }) {
  const { copied, copy } = useCopy(text);
  return (
    <button type="button" className="copy" onClick={copy} data-tip={copied ? 'Copied' : `Copy ${what}`}
      aria-label={`Copy ${what} ${label}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        {copied ? <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
          : <path d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" fill="none" stroke="currentColor" strokeWidth="1.3" />}
      </svg>
    </button>
  );
}

/**
 * A wallet or a provider: shortened, with the whole of it on hover and focus, a link to its page, and a copy button.
 *
 * @param of with its EIP-55 checksum, as answers have it
 */
export function Address({ of, kind, whole = false }:
{ of: string; kind: 'wallet' | 'provider' | 'plain'; whole?: boolean }) {
  const text = whole ? of : shortened(of);
  return (
    <span className="address">
      {kind === 'plain' ? <span data-tip={whole ? undefined : of} tabIndex={whole ? undefined : 0}>{text}</span>
        : <a href={href([kind === 'wallet' ? 'wallets' : 'providers', of])} data-tip={of}>{text}</a>}
      <CopyButton text={of} what="address" />
    </span>
  );
}

/** A hash or an id with its place in the dashboard. */
export function Hash({ of, to, what }: { of: string; to?: string; what: string }) {
  return (
    <span className="address">
      {to === undefined ? <span data-tip={of} tabIndex={0}>{shortened(of)}</span>
        : <a href={to} data-tip={of}>{shortened(of)}</a>}
      <CopyButton text={of} what={what} />
    </span>
  );
}
