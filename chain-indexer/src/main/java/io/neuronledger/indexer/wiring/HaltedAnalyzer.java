package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.state.FollowingHalted;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A refused start reports the reason, not a stack trace. */
class HaltedAnalyzer extends AbstractFailureAnalyzer<FollowingHalted> {
  @Override
  protected FailureAnalysis analyze(Throwable root, FollowingHalted cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
