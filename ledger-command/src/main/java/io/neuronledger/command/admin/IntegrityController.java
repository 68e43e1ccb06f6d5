package io.neuronledger.command.admin;

import io.neuronledger.contracts.view.operation.IntegrityView;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The integrity check of the event store, for operators. */
@RestController
class IntegrityController {
  private final StoreIntegrity store;

  IntegrityController(StoreIntegrity store) {
    this.store = store;
  }

  @GetMapping(path = "/v1/admin/integrity", produces = MediaType.APPLICATION_JSON_VALUE)
  IntegrityView integrity() {
    return store.check();
  }
}
