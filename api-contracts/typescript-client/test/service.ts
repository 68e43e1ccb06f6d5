import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly pieces: readonly string[];
  readonly headers: Record<string, string>;
  readonly end: 'whole' | 'cut' | 'silent';
}

/** An HTTP server that gives one answer after the other, the last one again and again, and keeps what it was asked. */
export class ScriptedService {
  readonly asked: Asked[] = [];
  readonly #answers: (Answer | undefined)[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        this.asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers,
          body: Buffer.concat(parts).toString() });
        const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
        if (answer === undefined) {
          response.destroy();
        } else {
          response.writeHead(answer.status, { Connection: 'close', ...answer.headers });
          void ScriptedService.#write(response, answer);
        }
      });
    });
  }

  static async #write(response: ServerResponse, { pieces, end }: Answer): Promise<void> {
    for (const piece of pieces) {
      await new Promise<void>(resolve => { response.write(piece, () => resolve()); });
    }
    if (end === 'cut') {
      response.destroy();
    } else if (end === 'whole') {
      response.end();
    }
  }

  static async start(): Promise<ScriptedService> {
    const service = new ScriptedService();
    await new Promise<void>(resolve => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get urls(): string[] {
    return this.asked.map(each => each.url);
  }

  answers(status: number, body: unknown, headers: Record<string, string> = {}): this {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.#answers.push({ status, pieces: text === '' ? [] : [text], end: 'whole',
      headers: { 'Content-Type': 'application/json', ...headers } });
    return this;
  }

  /** A body that comes in pieces. */
  pieces(pieces: readonly string[], headers: Record<string, string>): this {
    this.#answers.push({ status: 200, pieces, headers, end: 'whole' });
    return this;
  }

  /** An answer whose connection breaks after its body. Node's fetch sees that only where it was to be kept. */
  cut(body: string, headers: Record<string, string>): this {
    this.#answers.push({ status: 200, pieces: [body], end: 'cut',
      headers: { Connection: 'keep-alive', ...headers } });
    return this;
  }

  /** An answer that falls silent after its body. */
  silent(body: string, headers: Record<string, string>): this {
    this.#answers.push({ status: 200, pieces: [body], headers, end: 'silent' });
    return this;
  }

  problem(status: number, code: string, retryAfter: number): this {
    return this.answers(status, { type: `/problems/${code}`, title: 't', status, detail: 'what happened', instance: '/',
      code, request_id: 'id-1', parameter: 'p' }, { 'Retry-After': String(retryAfter) });
  }

  broken(): this {
    this.#answers.push(undefined);
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
