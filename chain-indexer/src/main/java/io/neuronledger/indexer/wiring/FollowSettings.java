package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.chain.Finality;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the chain is followed. Environment: {@code NEURON_LEDGER_FOLLOW_…}.
 *
 * @param confirmations how many blocks must be on top of one before it is published; 0 publishes the newest
 * @param finality {@code tag} (the node's {@code finalized} block), {@code depth:N} (N blocks on top) or
 *     {@code instant} (every block)
 * @param pollingInterval how often the head is looked at, a tenth more or less
 * @param blocksPerStepMax the most blocks of one Kafka transaction
 * @param recordsPerStep about how many records one Kafka transaction holds
 * @param secondOpinionInterval how often the other nodes are asked for their heads
 * @param lagBlocksMax so far behind another node's head, the node in use is left
 * @param stallMax not ready once no step has worked for so long
 * @param headAgeMax not ready once the newest block is older than this; zero where the chain may be idle
 * @param blockTimeTolerance how far ahead of our clock a block may be before its time is not believed; zero where the
 *     two are not compared
 */
@ConfigurationProperties("neuron-ledger.follow")
public record FollowSettings(long confirmations, String finality, Duration pollingInterval, int blocksPerStepMax,
    int recordsPerStep, Duration secondOpinionInterval, long lagBlocksMax, Duration stallMax, Duration headAgeMax,
    Duration blockTimeTolerance) {
  private static final String ENV = "NEURON_LEDGER_FOLLOW_";
  private static final Duration TOLERANCE_MAX = Duration.ofDays(366);

  public FollowSettings {
    Setting.between(confirmations, 0, 100_000, ENV + "CONFIRMATIONS");
    Setting.require(isFinality(finality), ENV + "FINALITY", "must be tag, instant or depth:N", finality);
    Setting.positive(pollingInterval, ENV + "POLLING_INTERVAL");
    Setting.between(blocksPerStepMax, 1, 100_000, ENV + "BLOCKS_PER_STEP_MAX");
    Setting.between(recordsPerStep, 1, 1_000_000, ENV + "RECORDS_PER_STEP");
    Setting.positive(secondOpinionInterval, ENV + "SECOND_OPINION_INTERVAL");
    Setting.between(lagBlocksMax, 1, Integer.MAX_VALUE, ENV + "LAG_BLOCKS_MAX");
    Setting.require(stallMax.compareTo(pollingInterval) > 0, ENV + "STALL_MAX",
        "must be longer than NEURON_LEDGER_FOLLOW_POLLING_INTERVAL", stallMax);
    Setting.require(!headAgeMax.isNegative(), ENV + "HEAD_AGE_MAX", "must not be negative", headAgeMax);
    Setting.require(!blockTimeTolerance.isNegative() && blockTimeTolerance.compareTo(TOLERANCE_MAX) <= 0,
        ENV + "BLOCK_TIME_TOLERANCE", "must be PT0S (not compared) to " + TOLERANCE_MAX, blockTimeTolerance);
  }

  private static boolean isFinality(String text) {
    try {
      Finality.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
