package io.neuronledger.indexer.chain.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The optional features of one node, as far as its answers show them. The log has one line for each finding that is new
 * or differs from the one before. Not thread-safe.
 */
public final class NodeCapabilities {
  private static final Logger log = LoggerFactory.getLogger(NodeCapabilities.class);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(10);
  /** One refusal may be a transient fault. */
  private static final int REFUSALS = 2;

  /** A feature that a conforming node may lack. */
  public enum Capability {
    BLOOMS("blooms of logs in its blocks", "logs are compared with receipts and storage roots only"),
    FINALIZED_TAG("the block tag finalized", "no block is known to be final"),
    LOGS_BY_BLOCK_HASH("eth_getLogs by block hash", "logs are requested by block number instead"),
    RECEIPTS("receipts of transactions", "they do not reveal a missing log"),
    BLOCK_RECEIPTS("eth_getBlockReceipts", "each receipt is requested separately");

    private final String feature;
    private final String consequence;

    Capability(String feature, String consequence) {
      this.feature = feature;
      this.consequence = consequence;
    }
  }

  private final String node;
  private final InstantSource time;
  private final Map<Capability, Boolean> found = new EnumMap<>(Capability.class);
  private final Map<Capability, Integer> refusals = new EnumMap<>(Capability.class);
  private final Map<Capability, Instant> lackingUntil = new EnumMap<>(Capability.class);

  public NodeCapabilities(String node, InstantSource time) {
    this.node = node;
    this.time = time;
  }

  /** Whether to use the feature: it is not known to be missing, or the finding is old. */
  public boolean mayUse(Capability capability) {
    return !time.instant().isBefore(lackingUntil.getOrDefault(capability, Instant.MIN));
  }

  /** Ignored while the feature counts as missing: behind a load balancer, machines differ. */
  public void supports(Capability capability) {
    if (!mayUse(capability)) {
      return;
    }
    refusals.remove(capability);
    if (!Boolean.TRUE.equals(found.put(capability, true))) {
      log.info("{} supports {}", node, capability.feature);
    }
  }

  /** @param why the node's answer */
  public void lacks(Capability capability, String why) {
    refusals.remove(capability);
    lackingUntil.put(capability, time.instant().plus(RETRY_AFTER));
    if (!Boolean.FALSE.equals(found.put(capability, false))) {
      log.warn("{} does not support {}, so {}: {}", node, capability.feature, capability.consequence, why);
    }
  }

  /**
   * The node answered only without the feature. A single time may be a transient fault; repeated, the feature is
   * missing.
   */
  public void refuses(Capability capability, String why) {
    if (refusals.merge(capability, 1, Integer::sum) >= REFUSALS) {
      lacks(capability, why);
    }
  }
}
