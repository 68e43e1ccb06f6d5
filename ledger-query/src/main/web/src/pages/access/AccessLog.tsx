import { usePages } from '../../app/read';
import { useQueryState } from '../../app/router';
import { Address, Answer, Card, Choice, DataTable, Field, Filters, grouped, More, Status, Time } from '../../ui';
import { typedInstant } from '../webhooks/webhookWords';
import { linesOf, readPart, SERVICES, type Line } from './accessRecords';

const CREDENTIALS = { oidc_token: 'token of the issuer', api_key: 'API key', none: 'no credential' };
const NAMES = ['service', 'caller', 'owner', 'since', 'until'] as const;

/** Who has asked for what belongs to finance and to administrators. To look at it is recorded too. */
export default function AccessLog() {
  const [query] = useQueryState();
  const text = (name: (typeof NAMES)[number]) => query.get(name) ?? '';
  const service = SERVICES.find(each => each === query.get('service')) ?? 'ledger-query';
  const since = typedInstant(text('since'));
  const until = typedInstant(text('until'));
  const filter = {
    ...(text('caller') === '' ? {} : { caller: text('caller') }),
    ...(text('owner') === '' ? {} : { owner: text('owner') }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
  const log = usePages('none', ['access-log', service, filter], (ledger, cursor, signal) => readPart(ledger, service,
    filter, cursor, signal), { every: 0 });
  const faults = [...new Set(log.data?.pages.flatMap(each => each.faults))];
  return (
    <>
      <h1>Access log</h1>
      <Card title="Filters">
        <Filters names={NAMES}>
          <Choice label="Service" name="service" defaultValue={service}
            options={SERVICES.map(each => [each, each] as const)} />
          <Field label="Caller" name="caller" defaultValue={text('caller')} spellCheck={false} />
          <Field label="Wallet" name="owner" defaultValue={text('owner')} spellCheck={false}
            hint="Also what was about all" />
          <Field label="Since (UTC)" name="since" type="datetime-local" defaultValue={text('since')} />
          <Field label="Before (UTC)" name="until" type="datetime-local" defaultValue={text('until')} />
        </Filters>
      </Card>
      <Card title="Requests of finance and administration" actions={(
        <>
          {log.data && (faults.length === 0
            ? <Status tone="good" tip="The hashes of what was read fit together. ./ledger logs verify checks all of it">
              chains hold</Status>
            : <Status tone="bad">{`${grouped(faults.length)} faults`}</Status>)}
          <button type="button" disabled={log.isFetching} onClick={() => void log.refetch()}>
            {log.isFetching ? 'Reading…' : 'Read again'}</button>
        </>
      )}>
        {faults.map(each => <p key={each} className="notice bad">{each}</p>)}
        <Answer of={log}>
          {({ pages }) => (
            <>
              <DataTable<Line> caption="Requests, the newest first" rowKey={each => String(each.position)}
                rows={linesOf(pages.flatMap(each => each.records), !log.hasNextPage)}
                empty={log.hasNextPage ? 'None in the part that was read: go on.' : 'Nobody has asked.'} columns={[
                  { key: 'at', title: 'Time', cell: each => each.at && <Time of={each.at} /> },
                  { key: 'who', title: 'Who', cell: each => who(each) },
                  { key: 'what', title: 'What', cell: each => what(each) },
                  { key: 'owners', title: 'About', cell: each => about(each) },
                  { key: 'status', title: 'Answer', cell: each => status(each) },
                  { key: 'position', title: 'Position', align: 'end', cell: each => grouped(each.position) },
                ]} />
              <More pages={log} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}

function who({ asked, answered, started }: Line) {
  if (asked === undefined) {
    return answered?.subject ?? (started && 'the service');
  }
  const { subject, credential, from } = asked.who;
  return <>{subject}<div className="muted nowrap">{CREDENTIALS[credential]}</div>
    <div className="muted nowrap">from {from}</div></>;
}

function what({ asked, answered, started, unreadable }: Line) {
  if (unreadable !== undefined) {
    return <code className="wrap">{unreadable}</code>;
  }
  if (asked === undefined) {
    return started === undefined ? `the answer to ${answered?.request}` : `${started} has started`;
  }
  return <>{asked.operation}<div><code className="wrap muted">{asked.method} {asked.path}
    {asked.query && `?${asked.query}`}</code></div></>;
}

function about({ asked, answered }: Line) {
  const owners = asked?.owners ?? answered?.owners ?? [];
  return owners.length === 0 ? null : owners.map(each => (
    <div key={each}>{each === 'all' ? 'all' : <Address of={each} kind="wallet" />}</div>));
}

function status({ asked, answered }: Line) {
  if (answered === undefined) {
    return asked && (
      <Status tone="idle" tip="It is being answered, or the service ended meanwhile">no answer yet</Status>);
  }
  return <Status tone={answered.status < 400 ? 'good' : answered.status < 500 ? 'warn' : 'bad'}>
    {String(answered.status)}</Status>;
}
