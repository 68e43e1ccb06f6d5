package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.follow.FollowRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of following. Environment: {@code NEURON_LEDGER_FOLLOW_…}.
 *
 * @param confirmations the number of blocks above a block before it is published; 0 publishes the newest
 * @param finality {@code tag} (the node's {@code finalized} block), {@code depth:N} (N blocks above) or {@code instant}
 *     (every block)
 * @param pollingInterval the interval between reads of the head, a tenth more or less
 * @param blocksPerStepMax the most blocks of one Kafka transaction
 * @param recordsPerStep the approximate number of records of one Kafka transaction
 * @param secondOpinionInterval how often the heads of the other nodes are read
 * @param lagBlocksMax how far the current node may be behind another node's head before it is replaced
 * @param stallMax not ready after so long without a successful step
 * @param headAgeMax not ready once the newest block is older than this; zero where the chain may be idle
 * @param blockTimeTolerance how far ahead of this machine's clock a block may be before its time is rejected; zero to
 *     skip the comparison
 */
@ConfigurationProperties("neuron-ledger.follow")
public record FollowSettings(long confirmations, String finality, Duration pollingInterval, int blocksPerStepMax,
    int recordsPerStep, Duration secondOpinionInterval, long lagBlocksMax, Duration stallMax, Duration headAgeMax,
    Duration blockTimeTolerance) {
  private static final String ENV = "NEURON_LEDGER_FOLLOW_";
  private static final Duration HALT_VOTE_SPACING = Duration.ofSeconds(10);
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

  public FollowRules rules() {
    return new FollowRules(confirmations, Finality.parse(finality), pollingInterval,
        new FollowRules.Step(blocksPerStepMax, recordsPerStep), secondOpinionInterval, lagBlocksMax, HALT_VOTE_SPACING);
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
