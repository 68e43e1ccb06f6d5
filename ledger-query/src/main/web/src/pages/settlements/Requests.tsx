import { useState } from 'react';
import { Amount, CopyButton, DataTable, grouped, Status, Time } from '../../ui';
import { unitsText, type UsageEntry } from './terms';
import { CorrectionDialog, useMayCorrect } from './UsageForm';

/** Reported requests, and how a wrong one is corrected. */
export function Requests({ rows, empty }: { rows: readonly UsageEntry[]; empty: string }) {
  const correct = useMayCorrect();
  const [wrong, setWrong] = useState<UsageEntry>();
  return (
    <>
      <DataTable caption="Requests" rows={rows} empty={empty} rowKey={each => each.request_id} columns={[
        { key: 'id', title: 'Request', cell: each => (
          <span className="address"><span>{each.request_id}</span>
            <CopyButton text={each.request_id} what="request id" /></span>) },
        { key: 'when', title: 'Completed', cell: each => (
        <><span className="nowrap"><Time of={each.when} /></span>
          <div className="note nowrap">reported <Time of={each.recorded_at} /></div></>) },
        { key: 'model', title: 'Model', cell: each => each.model },
        { key: 'units', title: 'Units', cell: each => unitsText(each.units, grouped) },
        { key: 'fee', title: 'Fee', align: 'end', cell: each => (
          <><Amount of={each.fee} />{each.pricing === 'unverified'
            && <div className="note">charged, price unverified</div>}</>) },
          { key: 'state', title: 'State', cell: each => <RequestState of={each} /> },
        { key: 'correct', title: 'Correction', cell: each => correct && each.reversal === undefined && (
          <button type="button" onClick={() => setWrong(each)}>Correct…</button>) },
      ]} />
      {wrong && <CorrectionDialog wrong={wrong} onClose={() => setWrong(undefined)} />}
    </>
  );
}

function RequestState({ of: { state, replaces, reversal, set_apart } }: { of: UsageEntry }) {
  const tip = reversal !== undefined ? `${reversal.reason}${
    reversal.replaced_by === undefined ? '' : ` · replaced by ${reversal.replaced_by}`}`
    : set_apart ?? (replaces === undefined ? undefined : `It replaces ${replaces}`);
  return <Status tone={state === 'counted' ? 'good' : 'warn'} {...(tip === undefined ? {} : { tip })}>{
    replaces !== undefined && state === 'counted' ? 'replacement' : state}</Status>;
}
