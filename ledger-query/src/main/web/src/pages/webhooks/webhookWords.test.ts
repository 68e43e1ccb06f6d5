import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ALERT_TYPES, EVENT_TYPES, outcomeText, stateOf, typedInstant, typeText, type Webhook,
} from './webhookWords';

const webhook = (of: Partial<Webhook>) => ({ enabled: true, ...of }) as Webhook;
const at = '2026-11-28T12:00:00Z';
const names = (files: object) => Object.keys(files).map(each => each.replace(/.*\/|\.json$/g, '')).sort();
const events = import.meta.glob('../../../../../../../api-contracts/src/main/resources/asyncapi/public-events/*.json');
const alerts = import.meta.glob('../../../../../../../api-contracts/src/main/resources/asyncapi/alerts/*.json');

describe('the types that a webhook may ask for', () => {
  it('are all that are published, but for those that are sent in any case', () => {
    expect([...EVENT_TYPES, 'ledger-rewound.v1'].sort()).toEqual(names(events));
    expect([...ALERT_TYPES, 'alert-withdrawn.v1'].sort()).toEqual(names(alerts));
  });
  it('are read as words', () => {
    expect(typeText('funds-deposited.v1')).toBe('funds deposited');
    expect(typeText('funds-deposited.v2')).toBe('funds deposited.v2');
  });
});

describe('the state of a webhook', () => {
  it('is a word, with a reason where it is disabled', () => {
    expect(stateOf(webhook({}))).toEqual({ tone: 'good', word: 'on' });
    expect(stateOf(webhook({ failing_since: at }))).toEqual({ tone: 'warn', word: 'failing' });
    expect(stateOf(webhook({ enabled: false, disabled: { reason: 'request', at } })))
      .toEqual({ tone: 'idle', word: 'disabled', why: 'by its maker' });
    expect(stateOf(webhook({ enabled: false, failing_since: at, disabled: { reason: 'gone', at } })))
      .toEqual({ tone: 'bad', word: 'disabled', why: 'the target has answered 410' });
  });
  it('has attempts with their status, where there was an answer', () => {
    expect(outcomeText({ outcome: 'refused', status: 503, took_ms: 12 })).toBe('refused, status 503, after 12 ms');
    expect(outcomeText({ outcome: 'timeout', took_ms: 15000 })).toBe('no answer in time, after 15000 ms');
  });
});

describe('a moment that is typed', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  it('is UTC, whatever the zone of this machine is', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    expect(new Date(0).getHours()).toBe(9);
    expect(typedInstant('2026-11-28T12:00')).toBe('2026-11-28T12:00:00Z');
    expect(typedInstant('2026-11-28T12:00:31')).toBe('2026-11-28T12:00:31Z');
  });
  it('is none where it is no date', () => {
    for (const wrong of ['', 'now', '2026-13-01T00:00', '2026-11-28']) {
      expect(typedInstant(wrong)).toBeUndefined();
    }
  });
});
