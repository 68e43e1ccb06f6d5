package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.view.operation.RebuildView;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For operators: builds a new read model from the first event on, beside the live one. */
@RestController
@RequestMapping(path = "/v1/admin/rebuild", produces = MediaType.APPLICATION_JSON_VALUE)
class RebuildController {
  private final Rebuilds rebuilds;

  RebuildController(Rebuilds rebuilds) {
    this.rebuilds = rebuilds;
  }

  @GetMapping
  RebuildView progress() {
    return rebuilds.view();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  RebuildView begin() {
    return rebuilds.begin();
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  RebuildView end() {
    return rebuilds.end();
  }
}
