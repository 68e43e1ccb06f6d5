import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, type LedgerClient, type LedgerQuery } from 'neuron-ledger-client/browser';
import { useState } from 'react';
import { useRead } from '../app/read';
import { useSession } from '../app/session';
import { AsOf } from './AsOf';
import { Dialog } from './Dialog';
import { Choice } from './Field';
import { bytesText, saveFile, type SavedFile } from './saved';
import { grouped } from './format';
import { Problem } from './Problem';
import { Status } from './Status';
import { Time } from './Time';

type Export = LedgerQuery['schemas']['Export'];
export type ExportFormat = Export['format'];

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['csv', 'CSV: amounts in neuron'],
  ['xlsx', 'Excel workbook: amounts in neuron, and in 0G beside them'],
  ['ndjson', 'NDJSON: one object a line, for programs'],
];

/** A button that saves an answer as a file. What goes wrong is shown in a dialog. */
export function DownloadButton({ children, path, accept, name }:
{ children: string; path: string; accept: string; name: string }) {
  const { ledger } = useSession();
  const save = useMutation({ mutationFn: () => saveFile(ledger, path, accept, name) });
  return (
    <>
      <button type="button" onClick={() => save.mutate()} disabled={save.isPending}>
        {save.isPending ? 'Reading…' : children}
      </button>
      {save.error !== null && (
        <Dialog title="The file could not be read" onClose={() => save.reset()}><Problem error={save.error} /></Dialog>
      )}
      {save.data?.right === false && (
        <Dialog title="The file is not right" onClose={() => save.reset()}><Digest of={save.data} /></Dialog>
      )}
    </>
  );
}

/** What a saved file is, and whether its bytes are right. */
function Digest({ of: { name, bytes, sha256, right } }: { of: SavedFile }) {
  return (
    <div className="stack">
      <p>{name}, {bytesText(bytes)}{' '}
        {right === true && <Status tone="good">its SHA-256 is right</Status>}
        {right === false && <Status tone="bad">its SHA-256 is not what the ledger has named: do not use it</Status>}
        {sha256 === undefined && <span className="muted">Without a secure connection this page cannot compute its
          SHA-256: compare it with the checksum.</span>}</p>
      {sha256 !== undefined && <p className="mono wrap">{sha256}</p>}
    </div>
  );
}

/**
 * A button that exports all rows of a list to a file, in a dialog with the progress.
 *
 * @param what the rows: `settlements`
 * @param begin asks for the export
 */
export function ExportButton({ what, begin }:
{ what: string; begin: (ledger: LedgerClient, format: ExportFormat) => Promise<Export> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>Export…</button>
      {open && (
        <Dialog title={`Export ${what}`} onClose={() => setOpen(false)}>
          <ExportForm what={what} begin={begin} />
        </Dialog>
      )}
    </>
  );
}

function ExportForm({ what, begin }:
{ what: string; begin: (ledger: LedgerClient, format: ExportFormat) => Promise<Export> }) {
  const { ledger } = useSession();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const begun = useMutation({ mutationFn: () => begin(ledger, format) });
  const id = begun.data?.id;
  const now = useQuery({
    queryKey: ['none', 'export', id],
    queryFn: ({ signal }) => answer(ledger.query.GET('/v1/exports/{id}',
      { signal, params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => data?.state === 'completed' || data?.state === 'failed' ? false : 1_000,
  });
  const found = now.data ?? begun.data;
  if (found === undefined) {
    return (
      <form className="form" onSubmit={event => {
        event.preventDefault();
        begun.mutate();
      }}>
        <p className="muted">All {what} that match the filters of the page, as of one block, with a checksum.</p>
        <Choice label="Form" value={format} options={FORMATS}
          onChange={event => setFormat(event.target.value as ExportFormat)} />
        {begun.error !== null && <Problem error={begun.error} />}
        <button className="primary" disabled={begun.isPending}>{begun.isPending ? 'Asking…' : 'Begin'}</button>
        <Earlier />
      </form>
    );
  }
  return (
    <div className="form">
      <Progress of={found} />
      {now.error !== null && <Problem error={now.error} retry={() => void now.refetch()} />}
      {found.state === 'completed' && <Content of={found} />}
      {found.state === 'failed' && <button type="button" onClick={() => begun.reset()}>Begin again</button>}
    </div>
  );
}

const STATES: Record<Export['state'], { tone: 'idle' | 'info' | 'good' | 'bad'; word: string }> = {
  waiting: { tone: 'idle', word: 'waits for its turn' },
  running: { tone: 'info', word: 'is being written' },
  completed: { tone: 'good', word: 'complete' },
  failed: { tone: 'bad', word: 'failed' },
};

function Progress({ of: { state, rows, bytes, as_of, failure } }: { of: Export }) {
  return (
    <div className="stack" role="status">
      {(state === 'waiting' || state === 'running') && <progress aria-label="The export is being made" />}
      <p className="row"><Status tone={STATES[state].tone}>{STATES[state].word}</Status>
        {rows !== undefined && <span>{grouped(rows)} {rows === 1 ? 'row' : 'rows'}</span>}
        {bytes !== undefined && <span>{bytesText(bytes)}</span>}</p>
      <AsOf of={as_of} />
      {failure && <p className="wrong">{failure.detail}</p>}
    </div>
  );
}

function Content({ of: { id, format, file_name, sha256 } }: { of: Export }) {
  const { ledger } = useSession();
  const name = file_name ?? `export.${format}`;
  const content = useMutation({ mutationFn: () => saveFile(ledger, `/v1/exports/${id}/content`, '*/*', name) });
  return (
    <>
      <div className="row">
        <button type="button" className="primary" onClick={() => content.mutate()} disabled={content.isPending}>
          {content.isPending ? 'Reading…' : `Save ${name}`}
        </button>
        <DownloadButton path={`/v1/exports/${id}/content.sha256`} accept="text/plain" name={`${name}.sha256`}>
          Checksum</DownloadButton>
        <DownloadButton path={`/v1/exports/${id}/content.json`} accept="application/json" name={`${name}.json`}>
          Description</DownloadButton>
      </div>
      {content.error !== null && <Problem error={content.error} />}
      {content.data !== undefined ? <Digest of={content.data} />
        : sha256 !== undefined && <p className="muted">SHA-256 <span className="mono wrap">{sha256}</span></p>}
    </>
  );
}

/** The files that this caller has asked for before, and that are kept. */
function Earlier() {
  const found = useRead('none', ['exports'], (client, signal) => answer(client.query.GET('/v1/exports',
    { signal, params: { query: { limit: 20 } } })), { every: 5_000 });
  return found.data === undefined || found.data.exports.length === 0 ? null : (
    <details>
      <summary>Your newest exports</summary>
      <ul className="stack exports">
        {found.data.exports.map(each => (
          <li key={each.id} className="row">
            <span className="grow wrap">{each.file_name ?? each.source}<br />
              <span className="muted"><Time of={each.created_at} /></span></span>
            {each.state === 'completed'
              ? <DownloadButton path={`/v1/exports/${each.id}/content`} accept="*/*"
                name={each.file_name ?? `export.${each.format}`}>Save</DownloadButton>
              : <Status tone={STATES[each.state].tone}>{STATES[each.state].word}</Status>}
          </li>
        ))}
      </ul>
    </details>
  );
}
