import { createRequire } from 'node:module';
import type { Consumer, ConsumerConfig, Kafka, Message } from 'kafkajs';

const require = createRequire(import.meta.url);
const createConsumer = require('kafkajs/src/consumer') as (options: object) => Consumer;
const { createLogger } = require('kafkajs/src/loggers') as { createLogger: (options: object) => object };

const TOPIC = 'ledger.public-events.v1';
const PARTITION = 3;
const NODE = 1;

interface Assignment { readonly memberId: string; readonly memberAssignment: Buffer }

/**
 * KafkaJS's consumer on a cluster in memory, of one partition and one member: how it retries, crashes, disconnects and
 * commits is its own.
 */
export class ScriptedKafka {
  /** Each fetch takes one: to throw, as a lost connection does. */
  readonly failures: Error[] = [];
  readonly disconnected: number[] = [];
  /** The offset that the group has committed; -1 before the first one. */
  committed = -1;
  #connections = 0;
  readonly #messages: (Message & { offset: string })[] = [];
  #changed: () => void = () => undefined;

  /** Adds a record. Between transactions Kafka's offsets have gaps. */
  publish(record: object): void {
    this.#messages.push({ value: Buffer.from(JSON.stringify(record)), offset: String(this.#messages.length * 2) });
    this.#changed();
  }

  get kafka(): Kafka {
    return { consumer: (config: ConsumerConfig) => this.#consumer(config) } as unknown as Kafka;
  }

  #consumer(config: ConsumerConfig): Consumer {
    const partitions = [{ partitionId: PARTITION, leader: NODE, replicas: [NODE] }];
    const committedOffsets = {};
    const coordinator = {
      isConnected: () => true,
      joinGroup: async () => ({ generationId: 1, leaderId: 'm', memberId: 'm', groupProtocol: 'RoundRobinAssigner',
        members: [{ memberId: 'm', memberMetadata: Buffer.alloc(0) }] }),
      syncGroup: async ({ groupAssignment }: { groupAssignment: Assignment[] }) =>
        ({ memberAssignment: groupAssignment[0]?.memberAssignment }),
      heartbeat: async () => undefined,
      leaveGroup: async () => undefined,
      offsetFetch: async () => ({ responses: [{ topic: TOPIC, partitions: [{ partition: PARTITION,
        offset: String(this.committed) }] }] }),
      offsetCommit: async ({ topics }: { topics: { partitions: { offset: string }[] }[] }) => {
        this.committed = Number(topics[0]?.partitions[0]?.offset);
      },
    };
    const broker = {
      fetch: async ({ topics }: { topics: { partitions: { fetchOffset: string }[] }[] }) => {
        const from = Number(topics[0]?.partitions[0]?.fetchOffset);
        const messages = this.#messages.filter(each => Number(each.offset) >= from);
        if (messages.length === 0 && this.failures.length === 0) {
          await Promise.race([new Promise(resolve => setTimeout(resolve, 20)),
            new Promise<void>(resolve => { this.#changed = resolve; })]);
        }
        const failure = this.failures.shift();
        if (failure !== undefined) {
          throw failure;
        }
        return { responses: [{ topicName: TOPIC, partitions: [{ partition: PARTITION, highWatermark: '0',
          abortedTransactions: [], messages }] }] };
      },
    };
    const cluster = {
      connect: async () => { this.#connections++; },
      disconnect: async () => { this.disconnected.push(this.#connections); },
      addMultipleTargetTopics: async () => undefined,
      refreshMetadata: async () => undefined,
      refreshMetadataIfNecessary: async () => undefined,
      removeBroker: () => undefined,
      getNodeIds: () => [NODE],
      findGroupCoordinator: async () => coordinator,
      findTopicPartitionMetadata: () => partitions,
      findLeaderForPartitions: () => ({ [NODE]: [PARTITION] }),
      findBroker: async () => broker,
      committedOffsets: () => committedOffsets,
      defaultOffset: () => -2,
      fetchTopicsOffset: async () => [{ topic: TOPIC, partitions: [{ partition: PARTITION, offset: '0' }] }],
    };
    return createConsumer({ ...config, retry: { initialRetryTime: 1, maxRetryTime: 2, ...config.retry }, cluster,
      logger: createLogger({ logCreator: () => () => undefined }) });
  }
}
