import { type ReactNode } from 'react';
import { Card, Field } from '../ui';
import { useQueryState } from './router';
import { useSession } from './session';

/**
 * For pages that operators see whole, and a wallet sees of itself: whose ledger a caller means. Undefined means all.
 * Whoever neither receives the events of all nor reads one ledger only is asked for one first.
 */
export function OfOwner({ children }: { children: (owner: string | undefined) => ReactNode }) {
  const { caller, may } = useSession();
  const [query, change] = useQueryState();
  if (may('events:subscribe')) {
    return children(undefined);
  }
  const owner = caller?.owner ?? query.get('owner') ?? undefined;
  if (owner !== undefined) {
    return children(owner);
  }
  return (
    <Card title="Whose ledger?">
      <form className="form" onSubmit={event => {
        event.preventDefault();
        change({ owner: String(new FormData(event.currentTarget).get('owner') ?? '').trim() });
      }}>
        <Field label="Address" name="owner" required spellCheck={false} autoComplete="off"
          hint="Your sign-in sees this page of one ledger at a time: name its wallet." />
        <div className="row"><button className="primary">Show</button></div>
      </form>
    </Card>
  );
}
