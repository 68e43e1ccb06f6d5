package io.neuronledger.command.store;

import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lanes in which it has been said what is followed. Nothing may stand before that: it is each lane's first record. */
public final class BegunLanes {
  private final Lanes lanes;
  private final JdbcClient jdbc;
  /** Once begun, for ever. */
  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

  public BegunLanes(Lanes lanes, JdbcClient jdbc) {
    this.lanes = lanes;
    this.jdbc = jdbc;
  }

  /** @throws NothingFollowed unless the owner's lane has begun */
  public void require(WalletAddress owner) {
    int lane = lanes.of(owner);
    if (!begun.contains(lane)) {
      boolean hasBegun = jdbc.sql("SELECT next_seq > 0 FROM lane_head WHERE lane = :lane").param("lane", lane)
          .query(Boolean.class).optional().orElse(false);
      if (!hasBegun) {
        throw new NothingFollowed(lane);
      }
      begun.add(lane);
    }
  }
}
