package io.neuronledger.query.status;

import io.neuronledger.contracts.view.operation.StatusView;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which deployment is followed, and up to which block? */
@RestController
class StatusController {
  private final StatusQueries queries;

  StatusController(StatusQueries queries) {
    this.queries = queries;
  }

  @GetMapping(path = "/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
  StatusView status() {
    return queries.status();
  }
}
