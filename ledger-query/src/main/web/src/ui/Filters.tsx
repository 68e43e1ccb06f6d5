import type { ReactNode } from 'react';
import { useQueryState } from '../app/router';
import { useKeptFocus } from './keptFocus';
import { useWide } from './wide';

/**
 * Fields of which the values go into the place once they are applied: each is named like its value there. The names are
 * also what is cleared.
 */
export function Filters({ names, children }: { names: readonly string[]; children: ReactNode }) {
  const [query, change] = useQueryState();
  const chosen = names.some(each => query.has(each));
  const kept = useKeptFocus(query.toString());
  const form = (
    <form key={query.toString()} {...kept} className="filters" onSubmit={event => {
      event.preventDefault();
      const values = new FormData(event.currentTarget);
      change(Object.fromEntries(names.map(each => [each, values.getAll(each).map(one => String(one).trim())])));
    }}>
      {children}
      <div className="apply">
        <button className="primary">Apply</button>
        {chosen && (
          <button type="button" onClick={() => change(Object.fromEntries(names.map(each => [each, undefined])))}>
            Clear
          </button>
        )}
      </div>
    </form>
  );
  return useWide() ? form : <details open={chosen}><summary>{chosen ? 'Chosen' : 'Choose'}</summary>{form}</details>;
}

/** Choices of which any number may hold, as `name=value` each. */
export function Choices({ label, name, options }:
{ label: string; name: string; options: readonly (readonly [string, string])[] }) {
  const [query] = useQueryState();
  const chosen = new Set(query.getAll(name));
  const shown = options.filter(([value]) => chosen.has(value)).map(([, text]) => text);
  return (
    <details className="choices">
      <summary>{label}: {shown.length === 0 ? 'all' : shown.join(', ')}</summary>
      <fieldset>
        <legend className="hidden">{label}</legend>
        {options.map(([value, text]) => (
          <label key={value}>
            <input type="checkbox" name={name} value={value} defaultChecked={chosen.has(value)} /> {text}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
