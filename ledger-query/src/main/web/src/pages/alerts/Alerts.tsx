import { answer } from 'neuron-ledger-client/browser';
import { OfOwner } from '../../app/ownLedger';
import { usePages } from '../../app/read';
import { href, useQueryState } from '../../app/router';
import {
  Address, Answer, Card, Choices, DataTable, Filters, grouped, More, Status, Time, type Column,
} from '../../ui';
import {
  KIND_OPTIONS, KINDS, placeOfAlert, TYPES, valueText, type Alert, type AlertKind, type AlertRule, type AlertType,
} from './alertWords';
import { Rules } from './Rules';
import { useRules } from './rulesRead';

export default function Alerts() {
  return (
    <>
      <h1>Alerts</h1>
      <OfOwner>{owner => (
        <>
          <OpenAlerts owner={owner} />
          <Rules owner={owner} />
          <History owner={owner} />
        </>
      )}</OfOwner>
    </>
  );
}

interface Filter {
  readonly active?: boolean;
  readonly kind?: AlertKind[];
  readonly type?: AlertType[];
}

/** No event announces an alert, which is judged after the events of a block have come: it is asked for again soon. */
function useAlerts(owner: string | undefined, filter: Filter, every: number) {
  return usePages(owner ?? 'all', ['alerts', filter], (ledger, cursor, signal) => answer(ledger.query.GET('/v1/alerts',
    { signal, params: { query: { ...filter, limit: 50, ...(owner === undefined ? {} : { owner }),
      ...(cursor === undefined ? {} : { cursor }) } } })), { every });
}

/** The rules by their ids, as far as they are read and still there. */
function useRulesById(owner: string | undefined): ReadonlyMap<string, AlertRule> {
  const rules = useRules(owner);
  return new Map(rules.data?.pages.flatMap(each => each.rules).map(each => [each.id, each]));
}

function OpenAlerts({ owner }: { owner: string | undefined }) {
  const alerts = useAlerts(owner, { active: true }, 5_000);
  const rules = useRulesById(owner);
  const open = alerts.data?.pages.flatMap(each => each.alerts).length ?? 0;
  return (
    <Card title="Open now" actions={alerts.data && (open === 0 ? <Status tone="good">nothing is open</Status>
      : <Status tone="bad">{`${grouped(open)}${alerts.hasNextPage ? ' or more' : ''} open`}</Status>)}>
      <Answer of={alerts}>
        {({ pages }) => (
          <>
            <DataTable caption="Alerts that hold now" rowKey={each => each.id} rows={pages.flatMap(each => each.alerts)}
              empty="No rule has anything to say now." columns={columnsOf(rules, false)} />
            <More pages={alerts} />
          </>
        )}
      </Answer>
    </Card>
  );
}

const TYPE_OPTIONS = (Object.keys(TYPES) as AlertType[]).map(each => [each, TYPES[each].word] as const);

function History({ owner }: { owner: string | undefined }) {
  const [query] = useQueryState();
  const chosen = <T extends string>(name: string, options: readonly (readonly [T, string])[]) =>
    options.map(([each]) => each).filter(each => query.getAll(name).includes(each));
  const kind = chosen('kind', KIND_OPTIONS);
  const type = chosen('type', TYPE_OPTIONS);
  const alerts = useAlerts(owner, { ...(kind.length > 0 ? { kind } : {}), ...(type.length > 0 ? { type } : {}) },
    15_000);
  const rules = useRulesById(owner);
  return (
    <Card title="All alerts">
      <Filters names={['kind', 'type']}>
        <Choices label="What" name="kind" options={KIND_OPTIONS} />
        <Choices label="Type" name="type" options={TYPE_OPTIONS} />
      </Filters>
      <Answer of={alerts}>
        {({ pages }) => (
          <>
            {pages.flatMap(each => each.unreadable).map(id => (
              <p key={id} className="notice bad">The stored alert {id} cannot be read.</p>))}
            <DataTable caption="All alerts, the newest first" rowKey={each => each.id}
              rows={pages.flatMap(each => each.alerts)} empty="No alert was raised." columns={columnsOf(rules, true)} />
            <More pages={alerts} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function columnsOf(rules: ReadonlyMap<string, AlertRule>, history: boolean): Column<Alert>[] {
  const rule = (alert: Alert) => rules.get(alert.rule);
  return [
    { key: 'what', title: 'What', cell: each => {
      const place = placeOfAlert(each);
      const title = KINDS[each.kind].title;
      return place === undefined ? title : <a href={place}>{title}</a>;
    } },
    ...(history ? [{ key: 'type', title: 'Type', cell: (each: Alert) => (
      <span className="row tight">
        <Status tone={each.active === true ? 'bad' : TYPES[each.type].tone}>
          {each.active === true ? 'open' : TYPES[each.type].word}</Status>
        {each.test && <Status tone="info">test</Status>}
        {each.muted && <Status tone="idle" tip="Recorded, and not sent">muted</Status>}
      </span>) }] : []),
    { key: 'about', title: 'About', cell: each => (
      <>
        {each.owner && <Address of={each.owner} kind="wallet" />}
        {each.provider && <> <Address of={each.provider} kind="provider" /></>}
        {each.service && <> <span className="nowrap">{each.service}</span></>}
        {each.subject && <><br /><span className="muted">{each.subject}</span></>}
      </>) },
    { key: 'value', title: 'Found', align: 'end', cell: each => (each.value === undefined ? null
      : <span className="nowrap">{valueText(each.kind, each.value, rule(each))}</span>) },
    { key: 'threshold', title: 'Compared with', align: 'end', cell: each => (each.threshold === undefined ? null
      : <span className="nowrap">{valueText(each.kind, each.threshold, rule(each))}</span>) },
    { key: 'block', title: 'At block', align: 'end', cell: each => each.block
      && <a href={href(['blocks', String(each.block.number)])}>{grouped(each.block.number)}</a> },
    { key: 'recorded', title: 'Recorded', cell: each => <Time of={each.recorded_at} /> },
  ];
}
