package io.neuronledger.query.admission;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.admission.AdmissionAnswer;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Would a provider serve the owner's next request, and if not, why? */
@RestController
class AdmissionController {
  private final OwnerReads reads;
  private final AdmissionQueries queries;

  AdmissionController(OwnerReads reads, JsonMapper json, AdmissionSettings settings) {
    this.reads = reads;
    this.queries = new AdmissionQueries(json, settings);
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers/{owner}/admission", produces = MediaType.APPLICATION_JSON_VALUE)
  AdmissionAnswer admission(@PathVariable WalletAddress owner, AdmissionFilter request, BlockSelector selector) {
    return reads.answer(owner, selector, (at, db) -> queries.admission(owner, request, at, db));
  }
}
