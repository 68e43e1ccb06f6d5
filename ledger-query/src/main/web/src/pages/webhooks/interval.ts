import { useSession } from '../../app/session';

/**
 * How often webhooks are looked at again, in milliseconds: no event announces what became of a message. What an
 * administrator asks is written into the access log, so seldom.
 */
export function useWebhookInterval(): number {
  const { may } = useSession();
  return may('admin') ? 60_000 : 10_000;
}
