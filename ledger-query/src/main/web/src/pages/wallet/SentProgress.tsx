import { useQuery } from '@tanstack/react-query';
import { answer, ProblemError, type LedgerClient } from 'neuron-ledger-client/browser';
import { useRead } from '../../app/read';
import { href } from '../../app/router';
import { useStatus } from '../../app/status';
import { progressOf, shownByLedger, type Progress, type ShownByLedger } from '../../chain/progress';
import { minedOf } from '../../chain/send';
import type { AnnouncedWallet } from '../../chain/wallets';
import { grouped, Hash, Status, type Tone } from '../../ui';

const NODE_POLL_MS = 2_000;
/** The event of the transaction has the ledger be asked at once; this is for those that have no event. */
const LEDGER_POLL_MS = 3_000;

/** The owner's entries of a transaction; undefined where the owner has no ledger. */
async function entriesOf(
  ledger: LedgerClient,
  owner: string,
  transaction: string,
  signal: AbortSignal,
): Promise<ShownByLedger | undefined> {
  try {
    const {
      as_of: { block, finalized },
      entries,
    } = await answer(
      ledger.query.GET('/v1/ledgers/{owner}/entries', {
        signal,
        params: { path: { owner }, query: { transaction, limit: 10 } },
      }),
    );
    return {
      block,
      finalized,
      entries: entries.filter(each => !each.retracted).map(each => ({ id: each.id, block: each.position?.block })),
    };
  } catch (e) {
    if (e instanceof ProblemError && e.status === 404) {
      return undefined;
    }
    throw e;
  }
}

const WORDS: Record<Progress['state'], { tone: Tone; word: string }> = {
  sent: { tone: 'info', word: 'sent' },
  unknown: { tone: 'warn', word: 'not known' },
  mined: { tone: 'info', word: 'in a block' },
  recorded: { tone: 'good', word: 'in the ledger' },
  reverted: { tone: 'bad', word: 'refused by the contract' },
  unchanged: { tone: 'warn', word: 'without effect' },
};

function sentence(progress: Progress, confirmations: number): string {
  switch (progress.state) {
    case 'sent':
      return 'It waits to be put into a block.';
    case 'unknown':
      return (
        "The wallet's node does not know it now: it was dropped, or another transaction has replaced it, or it has " +
        'not got there yet. The wallet shows which.'
      );
    case 'mined':
      return (
        `It is in block ${grouped(progress.block)}; the ledger ` +
        (confirmations === 0
          ? 'has not recorded that block yet.'
          : `records that block once ${confirmations} are on top of it.`)
      );
    case 'recorded':
      return `The ledger shows it${progress.block === undefined ? '' : ` in block ${grouped(progress.block)}`}.`;
    case 'reverted':
      return `The contract has refused it in block ${grouped(progress.block)}, and the ledger shows nothing of it.`;
    case 'unchanged':
      return `It is in block ${grouped(progress.block)}, and the ledger as of that block shows nothing of it.`;
  }
}

/** How far a transaction has come, until the ledger shows it. */
export function SentProgress({
  owner,
  hash,
  wallet,
  onClose,
}: {
  owner: string;
  hash: string;
  wallet: AnnouncedWallet;
  onClose: () => void;
}) {
  const confirmations = useStatus(10_000).data?.following.confirmations ?? 0;
  const mined = useQuery({
    queryKey: ['none', 'mined', hash],
    queryFn: () => minedOf(wallet.provider, hash),
    refetchInterval: NODE_POLL_MS,
  });
  const shown = useRead(
    owner,
    ['sent', hash],
    (ledger, signal) =>
      shownByLedger({
        asOf: async () => (await answer(ledger.query.GET('/v1/status', { signal }))).as_of,
        entries: () => entriesOf(ledger, owner, hash, signal),
      }),
    { every: LEDGER_POLL_MS },
  );
  const progress = progressOf(mined.data, shown.data);
  const { tone, word } = WORDS[progress.state];
  const steps = ['sent', 'mined', 'recorded'];
  const reached = progress.state === 'unknown' ? 0 : steps.indexOf(progress.state);
  return (
    <div className="form">
      <p>
        Transaction <Hash of={hash} what="transaction" />
      </p>
      <ol className="steps">
        {['Signed and sent', 'In a block', 'In the ledger'].map((each, i) => (
          <li key={each} className={reached < 0 || i <= reached ? 'done' : ''}>
            {each}
          </li>
        ))}
      </ol>
      <p role="status" className="row">
        <Status tone={tone}>{word}</Status> {sentence(progress, confirmations)}
      </p>
      {shown.error !== null && <p className="notice warn">The ledger does not answer now; it is asked again.</p>}
      {progress.state === 'recorded' && (
        <p>
          <a href={href(['wallets', owner], { view: 'entries', transaction: hash })} onClick={onClose}>
            Its entries
          </a>
        </p>
      )}
      <button type="button" className={progress.state === 'recorded' ? 'primary' : ''} onClick={onClose}>
        {progress.state === 'sent' || progress.state === 'mined' ? 'Close; it goes on without this' : 'Close'}
      </button>
    </div>
  );
}
