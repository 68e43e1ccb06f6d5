package io.neuronledger.query.provider;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.ProviderView;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Usage and payments of a provider. */
@RestController
class ProviderController {
  private final GlobalReads reads;
  private final ProviderQueries queries = new ProviderQueries();

  ProviderController(GlobalReads reads) {
    this.reads = reads;
  }

  @TakesUnit
  @GetMapping(path = "/v1/providers/{provider}", produces = MediaType.APPLICATION_JSON_VALUE)
  ProviderView provider(@PathVariable WalletAddress provider, BlockSelector selector) {
    return reads.answer(selector, (asOf, db) -> queries.provider(provider, asOf, selector.isPast(), db));
  }
}
