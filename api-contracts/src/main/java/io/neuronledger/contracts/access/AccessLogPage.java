package io.neuronledger.contracts.access;

import io.neuronledger.contracts.value.Hash;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Records of one service's access log, in order.
 *
 * @param beginning the position of the first record that there is
 * @param next the position after the last record that was read
 * @param end the position of the next record that will be written, when this page was read
 * @param chains whose records were read, and whether they hold as far as that
 * @param faults of the records that were read, also of those that were not asked for
 */
public record AccessLogPage(String service, long beginning, long next, long end, List<Line> records,
    List<Chain> chains, List<Fault> faults) {
  public AccessLogPage {
    records = List.copyOf(records);
    chains = List.copyOf(chains);
    faults = List.copyOf(faults);
  }

  /**
   * A record as it was published and as it was read.
   *
   * @param hash of its header
   * @param published the value, over which the hash was made
   * @param record the value read; absent if it cannot be
   */
  public record Line(long position, Optional<Hash> hash, String published, Optional<AccessRecord> record) {}

  /**
   * What was seen of a chain.
   *
   * @param last the hash of its newest record
   * @param holds whether no fault was found in it
   */
  public record Chain(UUID id, long firstSeq, long lastSeq, Hash last, boolean holds) {}

  /** A record that is not as it must be after those before. */
  public record Fault(long position, String what) {}
}
