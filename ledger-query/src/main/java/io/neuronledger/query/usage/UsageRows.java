package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_REQUEST;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsageState;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/** Converts rows of {@code usage_request} to entries of the API. */
public final class UsageRows {
  private UsageRows() {}

  /**
   * The entry as its owner sees it.
   *
   * @param row a row with all columns of {@code usage_request}
   */
  public static UsageEntry entry(Record row) {
    return entry(row, false);
  }

  /** @param showsWho whether the entry says who reversed it */
  static UsageEntry entry(Record row, boolean showsWho) {
    Amounts amounts = new Amounts(row.get(USAGE_REQUEST.INPUT_TOKENS), row.get(USAGE_REQUEST.CACHED_INPUT_TOKENS),
        row.get(USAGE_REQUEST.CACHE_WRITE_TOKENS), row.get(USAGE_REQUEST.OUTPUT_TOKENS), row.get(USAGE_REQUEST.IMAGES),
        row.get(USAGE_REQUEST.SECONDS), row.get(USAGE_REQUEST.CLIPS),
        Optional.ofNullable(row.get(USAGE_REQUEST.PRICE)),
        Optional.ofNullable(row.get(USAGE_REQUEST.CACHED_INPUT_PRICE)),
        Optional.ofNullable(row.get(USAGE_REQUEST.OUTPUT_PRICE)),
        Optional.ofNullable(row.get(USAGE_REQUEST.UNIT_LINES)));
    Units units = amounts.units(row.get(USAGE_REQUEST.UNIT));
    return new UsageEntry(new RequestId(row.get(USAGE_REQUEST.REQUEST_ID)), row.get(USAGE_REQUEST.OWNER),
        row.get(USAGE_REQUEST.PROVIDER), row.get(USAGE_REQUEST.SERVICE), new ModelName(row.get(USAGE_REQUEST.MODEL)),
        UsageSource.of(row.get(USAGE_REQUEST.SOURCE)),
        Optional.ofNullable(row.get(USAGE_REQUEST.API_KEY_ID)).map(ApiKeyId::new),
        units, units.pricing(), row.get(USAGE_REQUEST.FEE), row.get(USAGE_REQUEST.COMPLETED_AT),
        row.get(USAGE_REQUEST.RECORDED_AT), Optional.ofNullable(row.get(USAGE_REQUEST.REPLACES)).map(RequestId::new),
        state(row), Optional.ofNullable(row.get(USAGE_REQUEST.SET_APART)).map(UsageEntry.SetApart::of),
        Optional.ofNullable(row.get(USAGE_REQUEST.REVERSED_AT)).map(at -> new UsageEntry.Reversal(
            Objects.requireNonNull(row.get(USAGE_REQUEST.REVERSAL_REASON)),
            Optional.ofNullable(row.get(USAGE_REQUEST.REPLACED_BY)).map(RequestId::new),
            Optional.ofNullable(row.get(USAGE_REQUEST.REVERSED_BY)).filter(_ -> showsWho), at)));
  }

  private static UsageState state(Record row) {
    if (row.get(USAGE_REQUEST.REVERSED_SEQ) != null) {
      return UsageState.REVERSED;
    }
    return row.get(USAGE_REQUEST.SET_APART) != null ? UsageState.SET_APART : UsageState.COUNTED;
  }

  /** The condition on {@code usage_request}. */
  static Condition are(UsageState state) {
    return switch (state) {
      case COUNTED -> USAGE_REQUEST.REVERSED_SEQ.isNull().and(USAGE_REQUEST.SET_APART.isNull());
      case SET_APART -> USAGE_REQUEST.SET_APART.isNotNull();
      case REVERSED -> USAGE_REQUEST.REVERSED_SEQ.isNotNull();
    };
  }
}
