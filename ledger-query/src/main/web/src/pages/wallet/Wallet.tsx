import { answer } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { type PageProps } from '../../app/pages';
import { useRead } from '../../app/read';
import { Address, Amount, Answer, AsOf, Card, Figure, Figures } from '../../ui';

export default function Wallet({ values: { owner = '' } }: PageProps) {
  const { seen } = useLive();
  const ledger = useRead(owner, ['ledger'], (client, signal) => answer(client.query.GET('/v1/ledgers/{owner}',
    { signal, params: { path: { owner }, query: { detail: true, ...seen.of(owner) } } })));
  return (
    <>
      <div className="title">
        <h1>Wallet <Address of={ledger.data?.owner ?? owner} kind="plain" /></h1>
        <AsOf of={ledger.data?.as_of} failed={ledger.error !== null} />
      </div>
      <Answer of={ledger}>
        {({ available, locked, total }) => (
          <Card title="Ledger">
            <Figures>
              <Figure name="Available"><Amount of={available} /></Figure>
              <Figure name="Locked"><Amount of={locked} /></Figure>
              <Figure name="Total"><Amount of={total} /></Figure>
            </Figures>
          </Card>
        )}
      </Answer>
    </>
  );
}
