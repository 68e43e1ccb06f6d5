import { answer, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useLive } from '../../app/live';
import { usePages } from '../../app/read';
import { useQueryState } from '../../app/router';
import { Address, Amount, Answer, AsOf, Card, DataTable, Field, Filters, grouped, More, Status } from '../../ui';
import { priceUnit, withoutReason } from './priceWords';

type Price = LedgerQuery['schemas']['Price'];

const NAMES = ['model', 'provider'] as const;

/** What providers ask, as they publish it on chain. Their texts are shown as text: nobody has checked them. */
export default function Prices() {
  const [query] = useQueryState();
  const { seen } = useLive();
  const text = (name: (typeof NAMES)[number]) => query.get(name) ?? '';
  const filter = {
    ...(text('model') === '' ? {} : { model: text('model') }),
    ...(text('provider') === '' ? {} : { provider: text('provider') }),
  };
  const prices = usePages('all', ['prices', filter], (ledger, cursor, signal) => answer(ledger.query.GET('/v1/prices',
    { signal, params: { query: { limit: 50, ...filter, ...(cursor === undefined ? seen.of('all') : { cursor }) } } })));
  return (
    <>
      <div className="title"><h1>Prices</h1>
        <AsOf of={prices.data?.pages[0]?.as_of} failed={prices.error !== null} /></div>
      <Card title="Filters">
        <Filters names={NAMES}>
          <Field label="Model" name="model" defaultValue={text('model')} spellCheck={false} />
          <Field label="Provider" name="provider" defaultValue={text('provider')} spellCheck={false} />
        </Filters>
      </Card>
      <Card title="Prices in force">
        <Answer of={prices}>
          {({ pages }) => (
            <>
              <DataTable<Price> caption="Prices in force" rowKey={each => `${each.provider} ${each.service}`}
                empty="Nobody has published such a price." rows={pages.flatMap(each => each.prices)} columns={[
                  { key: 'provider', title: 'Provider', cell: each => <Address of={each.provider} kind="provider" /> },
                  { key: 'model', title: 'Model', cell: each => <>{each.model ?? <span className="muted">none named</span>}
                    <div className="muted nowrap">{each.service_type}, {each.service}</div></> },
                  { key: 'input', title: 'Input', align: 'end', cell: each => <><Amount of={each.input_price} />
                    {each.cached_input_price === undefined ? null
                      : <div className="muted nowrap">cached <Amount of={each.cached_input_price} /></div>}</> },
                  { key: 'output', title: 'Output', align: 'end', cell: each => <>
                    {each.output_price === undefined ? null : <Amount of={each.output_price} />}
                    <div className="muted nowrap">{priceUnit(each.service_type)}</div></> },
                  { key: 'notes', title: 'Quotes', cell: each => quotes(each) },
                  { key: 'since', title: 'Since block', align: 'end', cell: each => grouped(each.since) },
                ]} />
              <More pages={prices} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}

function quotes(price: Price) {
  const reason = withoutReason(price);
  if (reason !== undefined) {
    return <Status tone="warn" tip={reason}>not exact</Status>;
  }
  return price.tiers.length === 0 ? 'exact' : `exact, ${grouped(price.tiers.length)} tiers`;
}
