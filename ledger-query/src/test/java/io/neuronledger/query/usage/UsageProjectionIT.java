package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageProjectionIT {
  private final PartitionStream partition = new PartitionStream(0);
  private final Meters meters = new Meters();

  /** As when an owner's parked records are processed. */
  @Test
  void older_records_do_not_lower_the_time_up_to_which_usage_is_known() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      UsageEventRecord older = reported(1);
      UsageEventRecord younger = reported(2);
      project(younger, fixture);
      project(older, fixture);
      assertThat(fixture.db().select(USAGE_PARTITION.SEQ).from(USAGE_PARTITION).fetch(USAGE_PARTITION.SEQ))
          .containsExactly(younger.seq());
    }
  }

  private UsageEventRecord reported(int owner) {
    SubAccountId meter = new SubAccountId(Wallets.wallet(owner), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
    UsageEvent.UsageRecorded usage =
        meters.recorded(meter, List.of(Meters.line("r-" + owner, Chain.blockTime(owner), 5)));
    return new UsageEventRecord(partition.add(usage), usage);
  }

  private static void project(UsageEventRecord reported, QueryFixture fixture) {
    new UsageProjection().project(
        new Batch(Set.of(0), List.of(), List.of(), List.of(reported), List.of(), List.of(),
            List.of()), fixture.db());
  }
}
