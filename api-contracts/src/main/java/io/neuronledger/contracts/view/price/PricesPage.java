package io.neuronledger.contracts.view.price;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of the prices in force at a block, by provider, then service.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record PricesPage(AsOf asOf, List<PriceView> prices, boolean hasMore, Optional<String> nextCursor) {
  public PricesPage {
    prices = List.copyOf(prices);
  }
}
