package io.neuronledger.query.accesslog;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.access.log.AccessLogCheck;
import io.neuronledger.foundation.access.log.AccessRecord;
import java.util.List;
import java.util.Optional;

/**
 * Records of one service's access log, in order.
 *
 * @param beginning the position of the first record that there is
 * @param next the position after the last record that was read
 * @param end the position of the next record that will be written, when this page was read
 * @param chains whose records were read, and whether they hold as far as that
 * @param faults of the records that were read, also of those that were not asked for
 */
record AccessLogPage(String service, long beginning, long next, long end, List<Line> records,
    List<AccessLogCheck.Chain> chains, List<AccessLogCheck.Fault> faults) {
  AccessLogPage {
    records = List.copyOf(records);
    chains = List.copyOf(chains);
    faults = List.copyOf(faults);
  }

  /**
   * @param hash of its header
   * @param published the value, over which the hash was made
   * @param record the value read; absent if it cannot be
   */
  record Line(long position, Optional<Hash> hash, String published, Optional<AccessRecord> record) {}
}
