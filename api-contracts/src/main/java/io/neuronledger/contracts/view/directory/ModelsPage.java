package io.neuronledger.contracts.view.directory;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the models with reported usage, by model, then provider.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ModelsPage(AsOf asOf, List<Line> models, boolean hasMore, Optional<String> nextCursor) {
  public ModelsPage {
    models = List.copyOf(models);
  }

  /**
   * One model at one provider.
   *
   * @param lastUsedHour the start of the last hour, UTC, in which a reported request was completed
   */
  public record Line(ModelName model, WalletAddress provider, Instant lastUsedHour) {}
}
