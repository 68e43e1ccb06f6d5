package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.SERVICE_PRICE;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.query.projection.UnnestRows;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSON;

/** Stores the prices of providers, from one of the partitions: each of them has every price. */
final class PriceStore {
  private static final int STORING_PARTITION = 0;
  private static final String RETRACT = """
      DELETE FROM service_price USING $rows AS retraction ($columns)
      WHERE service_price.block >= retraction.from_block""";
  private static final String SET = """
      INSERT INTO service_price ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT service_price_pk DO UPDATE SET block_time = excluded.block_time, model = excluded.model,
        price = excluded.price""";

  private PriceStore() {}

  static void save(List<PartitionReducer> reducers, DSLContext db) {
    UnnestRows retractions = UnnestRows.of(PARTITION_RETRACTION.FROM_BLOCK);
    UnnestRows prices = UnnestRows.of(SERVICE_PRICE.PROVIDER, SERVICE_PRICE.SERVICE, SERVICE_PRICE.BLOCK,
        SERVICE_PRICE.BLOCK_TIME, SERVICE_PRICE.MODEL, SERVICE_PRICE.PRICE);
    for (PartitionReducer reducer : reducers) {
      if (reducer.before().number() == STORING_PARTITION) {
        reducer.retraction().ifPresent(retraction -> retractions.add(retraction.fromBlock()));
        reducer.prices().forEach(set -> prices.add(set.provider(), set.service(), set.position().block(),
            set.blockTime(), model(set),
            set.price().map(price -> JSON.json(TopicJson.MAPPER.writeValueAsString(price)))));
      }
    }
    retractions.write(db, RETRACT);
    prices.write(db, SET);
  }

  /** The model's name, where usage can have it; any text may be published. */
  private static Optional<String> model(PartitionEvent.PriceSet set) {
    return set.price().flatMap(price -> price.model()).flatMap(text -> {
      try {
        return Optional.of(new ModelName(text).value());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    });
  }
}
