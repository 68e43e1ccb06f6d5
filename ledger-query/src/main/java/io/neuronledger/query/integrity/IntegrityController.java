package io.neuronledger.query.integrity;

import io.neuronledger.contracts.view.operation.IntegrityView;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For operators: is the read model consistent? */
@RestController
class IntegrityController {
  private final IntegrityQueries queries;

  IntegrityController(IntegrityQueries queries) {
    this.queries = queries;
  }

  @GetMapping(path = "/v1/admin/integrity", produces = MediaType.APPLICATION_JSON_VALUE)
  IntegrityView integrity() {
    return queries.all();
  }
}
