import { lazy, Suspense } from 'react';
import { amountText } from './format';
import { Loading } from './Answer';

const Canvas = lazy(() => import('./DayChartCanvas'));

/** Amounts in neuron by UTC day, in the order of `days`. */
export interface DaySeries {
  readonly name: string;
  readonly kind: 'accent' | 'second' | 'third';
  /** Undefined where it is not known. */
  readonly amounts: readonly (bigint | undefined)[];
}

const text = (amount: bigint | undefined) => amount === undefined ? 'not known' : amountText(amount);

/**
 * Amounts by day, as bars, and as a table for those who cannot see them.
 *
 * @param days `2026-11-28`, oldest first
 */
export function DayChart({ label, days, series }:
{ label: string; days: readonly string[]; series: readonly DaySeries[] }) {
  return (
    <figure className="chart">
      <figcaption>
        {series.map(each => (
          <span key={each.kind}><span className={`swatch ${each.kind}`} aria-hidden="true" />{each.name}</span>
        ))}
      </figcaption>
      <Suspense fallback={<Loading what="Drawing" />}><Canvas label={label} days={days} series={series} /></Suspense>
      <details>
        <summary>As a table</summary>
        <div className="table" role="group" aria-label={label} tabIndex={0}>
          <table>
            <thead>
              <tr><th scope="col">Day (UTC)</th>{series.map(each => (
                <th key={each.kind} scope="col" className="end">{each.name}</th>))}</tr>
            </thead>
            <tbody>
              {days.map((day, i) => (
                <tr key={day}>
                  <td data-title="Day (UTC)"><div>{day}</div></td>
                  {series.map(each => (
                    <td key={each.kind} className="end" data-title={each.name}>
                      <div>{text(each.amounts[i])}</div>
                    </td>
                  ))}
                </tr>
              )).reverse()}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
