package io.neuronledger.query.settlement.period;

import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.usage.counted.CountedSums;

/**
 * The parts of statements by which they read what was known at positions. A statement has by partition the positions,
 * {4}, and the last marks before them, {5}: chain events count once they are sealed.
 */
final class RecordsThen {
  /** After FROM: the direct requests, {@code request}, that counted. */
  static final String REQUESTS = """
      usage_request AS request
        %s
        WHERE request.source = 'direct' AND request.seq < ({4}::bigint[])[request.partition + 1]
          AND (request.reversed_seq IS NULL OR request.reversed_seq >= ({4}::bigint[])[request.partition + 1])
          AND %s IS NULL""".formatted(CountedSums.KNOWN_THEN, CountedSums.SET_APART);
  /** After FROM: the settlements that were not retracted, nor held back because of a quarantine of their owner. */
  static final String SETTLEMENTS = """
      settlement
        WHERE seq < ({5}::bigint[])[partition + 1]
          AND NOT EXISTS (SELECT FROM partition_retraction AS retraction
            WHERE retraction.partition = settlement.partition AND retraction.from_block <= settlement.block
              AND retraction.seq > settlement.seq AND retraction.seq < ({4}::bigint[])[settlement.partition + 1])
          AND %s""".formatted(Visibility.notHeldBackThen("settlement", "({4}::bigint[])[settlement.partition + 1]",
          "({5}::bigint[])[settlement.partition + 1]"));

  private RecordsThen() {}
}
