import { Amount } from './Amount';
import { permille } from './format';

export interface MeterPart {
  readonly name: string;
  readonly amount: bigint;
  /** The colour, by what it means. */
  readonly kind: 'spendable' | 'unsettled' | 'pending' | 'available' | 'locked' | 'short';
}

/** What an amount consists of, as a bar and as numbers. */
export function Meter({ label, parts }: { label: string; parts: readonly MeterPart[] }) {
  const whole = parts.reduce((sum, each) => sum + (each.amount > 0n ? each.amount : 0n), 0n);
  return (
    <div className="meter" role="group" aria-label={label}>
      <div className="bar" aria-hidden="true">
        {parts.filter(each => each.amount > 0n).map(each => (
          <span key={each.kind} className={each.kind} style={{ flexGrow: permille(each.amount, whole) }} />
        ))}
      </div>
      <ul>
        {parts.map(each => (
          <li key={each.kind}><span className={`swatch ${each.kind}`} aria-hidden="true" />
            <span>{each.name}</span> <Amount of={each.amount} /></li>
        ))}
      </ul>
    </div>
  );
}
