package io.neuronledger.query.integrity;

import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.query.asof.GlobalReads;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For operators: is the read model consistent? */
@RestController
class IntegrityController {
  private final GlobalReads reads;
  private final IntegrityQueries queries = new IntegrityQueries();

  /** @param reads reads whole tables, so with the timeout of exports */
  IntegrityController(@Qualifier("exportGlobalReads") GlobalReads reads) {
    this.reads = reads;
  }

  @GetMapping(path = "/v1/admin/integrity", produces = MediaType.APPLICATION_JSON_VALUE)
  IntegrityView integrity() {
    return reads.now(queries::all);
  }
}
