import { grouped, shownAmount } from './format';
import { useCopy } from './copy';

/**
 * An exact amount in 0G. Hover and focus show it in neuron, a click copies that.
 *
 * @param of decimal digits in neuron, as answers have them
 */
export function Amount({ of, signed = false }: { of: string | bigint; signed?: boolean }) {
  const digits = String(of);
  const { whole, fraction, fine } = shownAmount(digits);
  const { copied, copy } = useCopy(digits);
  const plus = signed && !digits.startsWith('-') && digits !== '0' ? '+' : '';
  return (
    <button type="button" className="amount" onClick={copy}
      data-tip={copied ? 'Copied' : `${grouped(digits)} neuron · click to copy`}
      aria-label={`${plus}${whole}${fraction}${fine} 0G: ${digits} neuron, ${copied ? 'copied' : 'copy'}`}>
      {plus}{whole}{fraction}{fine && <span className="fine">{fine}</span>}<span className="unit"> 0G</span>
    </button>
  );
}

/** Below an amount: what was charged of it without unit prices, in neuron; nothing where all of it is verified. */
export function Unverified({ of }: { of: string }) {
  return of === '0' ? null : <div className="note"><Amount of={of} /> of it at unverified prices</div>;
}
