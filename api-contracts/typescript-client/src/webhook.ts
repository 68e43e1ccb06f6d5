import { Webhook } from 'standardwebhooks';
import type { PublicEventRecord } from '../generated/events.js';

/** A message of a webhook. `id` stays the same at each attempt and in a replay: pass over what you have. */
export interface WebhookMessage {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  /** Of a webhook of events. */
  readonly data: PublicEventRecord;
}

/**
 * Checks a request's signature and its age (five minutes), and reads it.
 *
 * @param secret `whsec_…`, as the webhook's making or the last rotation has answered it
 * @param headers of the request, their names in lower case, as `node:http` has them
 * @param body to the byte as it came
 * @throws WebhookVerificationError where it is not from the ledger: answer 401
 */
export function verifyWebhook(secret: string, headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string | Buffer): WebhookMessage {
  const single = Object.fromEntries(Object.entries(headers)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(' ') : value]])));
  new Webhook(secret).verify(body, single);
  const read = JSON.parse(body.toString()) as Omit<WebhookMessage, 'id'>;
  return { id: String(single['webhook-id']), type: read.type, timestamp: read.timestamp, data: read.data };
}
