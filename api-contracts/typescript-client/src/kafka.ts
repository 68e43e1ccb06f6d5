import kafkajs, { type Kafka as KafkaClient } from 'kafkajs';
import type { PublicEventRecord } from '../generated/events.js';
import { EventSequence, type Subscriber } from './events.js';

/** KafkaJS, as `consume` uses it. */
export const { Kafka, logLevel } = kafkajs;

/**
 * A running consumer. `ended` resolves once it was stopped. It rejects with the error of the subscriber, with that of a
 * gap, or with the one that keeps KafkaJS from reading on; a lost connection is made again.
 */
export interface Consumption {
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const TOPIC = 'ledger.public-events.v1';

/**
 * Reads the events of all owners from Kafka, from the first one on. A new start of the same group goes on after what
 * the subscriber has taken.
 *
 * @param groupId begins as the user's rights say: `subscriber`
 */
export async function consume(kafka: KafkaClient, groupId: string, subscriber: Subscriber): Promise<Consumption> {
  let failure: { readonly error: unknown } | undefined;
  let stopping = false;
  // A retry of KafkaJS that has begun before `stop` would go on after it.
  const consumer = kafka.consumer({ groupId, readUncommitted: false,
    retry: { restartOnFailure: async () => !stopping } });
  const sequence = new EventSequence(subscriber);
  consumer.on('consumer.group_join', () => sequence.reset());
  let settle!: (failed: { readonly error: unknown } | undefined) => void;
  const ended = new Promise<void>((resolve, reject) => {
    settle = failed => (failed === undefined ? resolve() : reject(failed.error));
  });
  ended.catch(() => undefined); // Who does not await it is not ended by it.
  // KafkaJS disconnects before each crash, also before one after which it starts again.
  consumer.on('consumer.crash', ({ payload }) => {
    if (failure !== undefined || !(payload.restart || stopping)) {
      settle(failure ?? { error: payload.error });
    }
  });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true }); // Where the group is new.
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      if (message.value === null) {
        return;
      }
      try {
        if (failure !== undefined) { // KafkaJS reads on where the group has changed while it committed.
          throw failure.error;
        }
        if (!await sequence.take(JSON.parse(message.value.toString()) as PublicEventRecord)) {
          consumer.seek({ topic: TOPIC, partition, offset: '0' });
        }
      } catch (error) {
        failure ??= { error };
        // KafkaJS would hand the event over again and again, and start again after that.
        throw new kafkajs.KafkaJSNonRetriableError(error instanceof Error ? error : String(error));
      }
    },
  });
  const stop = async () => {
    stopping = true;
    try {
      await consumer.disconnect();
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      settle(failure);
    }
  };
  return { ended, stop };
}
