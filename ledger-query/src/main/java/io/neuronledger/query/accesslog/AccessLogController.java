package io.neuronledger.query.accesslog;

import io.neuronledger.contracts.access.AccessLogPage;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who has asked for what belongs to finance and to administrators? */
@RestController
class AccessLogController {
  private final AccessLogReader reader;

  AccessLogController(AccessLogReader reader) {
    this.reader = reader;
  }

  @GetMapping(path = "/v1/access-log", produces = MediaType.APPLICATION_JSON_VALUE)
  AccessLogPage accessLog(AccessFilter filter) {
    return reader.page(filter);
  }
}
