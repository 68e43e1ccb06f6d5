package io.neuronledger.query.status;

import io.neuronledger.contracts.view.operation.BlockAnswer;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.selector.PointInTime;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which block was the last one at a time? */
@RestController
class BlockController {
  private final GlobalReads reads;

  BlockController(GlobalReads reads) {
    this.reads = reads;
  }

  @GetMapping(path = "/v1/blocks", produces = MediaType.APPLICATION_JSON_VALUE)
  BlockAnswer block(PointInTime at) {
    return new BlockAnswer(reads.blockAt(at));
  }
}
