import { useState, type FormEvent } from 'react';
import { useQueryState } from '../../app/router';
import { Choice, Field } from '../../ui';
import { useKeptFocus, type KeptFocus } from '../../ui/keptFocus';

/** The moment that a page is about: the newest block, or a past one. */
export interface Moment {
  readonly past: boolean;
  readonly at: { readonly at_block?: number; readonly at_time?: string };
}

/** The moment that the place names. */
export function momentOf(query: URLSearchParams): Moment {
  const block = query.get('at_block');
  const time = query.get('at_time');
  if (block !== null) {
    // What is no number, the ledger refuses.
    return { past: true, at: { at_block: block === '' ? NaN : Number(block) } };
  }
  return time === null ? { past: false, at: {} } : { past: true, at: { at_time: time } };
}

/** Chooses the moment: now, at a block, or at a time, which goes into the place. */
export function MomentChoice() {
  const place = useQueryState()[0].toString();
  return <MomentForm key={place} kept={useKeptFocus(place)} />;
}

function MomentForm({ kept }: { kept: KeptFocus }) {
  const [query, change] = useQueryState();
  const chosen = query.has('at_block') ? 'block' : query.has('at_time') ? 'time' : 'now';
  const [kind, setKind] = useState(chosen);
  const [block, setBlock] = useState(query.get('at_block') ?? '');
  const [time, setTime] = useState((query.get('at_time') ?? '').replace(/Z$/, ''));
  const choose = (next: string) => {
    setKind(next as typeof kind);
    if (next === 'now') {
      change({ at_block: undefined, at_time: undefined });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({
      at_block: kind === 'block' ? block : undefined,
      at_time: kind === 'time' ? `${time.length === 16 ? `${time}:00` : time}Z` : undefined,
    });
  };
  return (
    <form {...kept} className="moment" onSubmit={submit}>
      <Choice
        label="Balances as of"
        name="moment"
        value={kind}
        onChange={event => choose(event.target.value)}
        options={[
          ['now', 'now'],
          ['block', 'at a block'],
          ['time', 'at a time'],
        ]}
      />
      {kind === 'block' && (
        <Field
          label="Block"
          value={block}
          onChange={event => setBlock(event.target.value.trim())}
          inputMode="numeric"
          pattern="\d{1,15}"
          title="the number of a block"
          required
        />
      )}
      {kind === 'time' && (
        <Field
          label="Time (UTC)"
          type="datetime-local"
          step={1}
          value={time}
          onChange={event => setTime(event.target.value)}
          required
        />
      )}
      {kind !== 'now' && <button className="primary">Show</button>}
      {chosen !== 'now' && (
        <button type="button" onClick={() => choose('now')}>
          Back to now
        </button>
      )}
    </form>
  );
}
