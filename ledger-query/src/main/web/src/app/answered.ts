/** A service has not answered: it is away, or the connection is. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('The service does not answer.', { cause });
    this.name = 'NoAnswerError';
  }
}

/** What a fetch answers. Without an answer it throws a TypeError, with another text in each browser. */
export async function answered(fetched: () => Promise<Response>): Promise<Response> {
  try {
    return await fetched();
  } catch (e) {
    throw e instanceof TypeError ? new NoAnswerError(e) : e;
  }
}
