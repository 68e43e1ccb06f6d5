import { answer } from 'neuron-ledger-client/browser';
import { useRead } from '../../app/read';
import { useSession } from '../../app/session';
import { Amount, Answer, AsOf, Card, Figure, Figures, grouped, Status, type Tone } from '../../ui';

const FOLLOWING: Record<'following' | 'stalled' | 'halted' | 'stopped' | 'unknown', Tone> = {
  following: 'good', stalled: 'warn', halted: 'bad', stopped: 'bad', unknown: 'warn',
};

export default function Overview() {
  const { may } = useSession();
  const status = useRead('all', ['status'], (ledger, signal) => answer(ledger.query.GET('/v1/status', { signal })),
    { every: 5_000 });
  const totals = useRead('all', ['totals'], (ledger, signal) => answer(ledger.query.GET('/v1/totals', { signal })),
    { enabled: may('finance:read') });
  return (
    <>
      <div className="title"><h1>Overview</h1><AsOf of={status.data?.as_of} failed={status.error !== null} /></div>
      <div className="cards">
        <Card title="Chain">
          <Answer of={status}>
            {({ following, as_of }) => (
              <Figures>
                <Figure name="Last block">{as_of === undefined ? 'none yet' : grouped(as_of.block)}</Figure>
                <Figure name="Following" note={following.why}>
                  <Status tone={FOLLOWING[following.state]}>{following.state}</Status>
                </Figure>
              </Figures>
            )}
          </Answer>
        </Card>
        {may('finance:read') && (
          <Card title="Money">
            <Answer of={totals}>
              {({ held, outstanding }) => (
                <Figures>
                  <Figure name="Held" note="By all ledgers"><Amount of={held.total} /></Figure>
                  <Figure name="Owed for usage" note="Used, and not settled"><Amount of={outstanding} /></Figure>
                </Figures>
              )}
            </Answer>
          </Card>
        )}
      </div>
    </>
  );
}
