import { ProblemError } from 'neuron-ledger-client/browser';

/** What went wrong, in a sentence, with what an operator needs to find it. */
export function Problem({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const known = error instanceof ProblemError ? error : undefined;
  return (
    <div className="problem" role="alert">
      <p>{sentenceOf(error)}</p>
      {known && (known.code !== undefined || known.requestId !== undefined) && (
        <p className="muted">
          {[known.code, known.requestId && `request ${known.requestId}`].filter(Boolean).join(' · ')}
        </p>
      )}
      {retry && <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}

export function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) {
    return error.status === 403 && error.code === 'insufficient-scope' ? 'Your sign-in may not see this.'
      : error.detail ?? `The service answers ${error.status}.`;
  }
  return error instanceof Error ? error.message : String(error);
}
