package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.follow.reconcile.ReconciliationRules;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.follow.state.Progress;
import java.time.Clock;

/** The parts that a follower needs, and that stay the same from one follower to the next. */
public record Following(FollowSetup setup, FollowRules rules, ChainNodes nodes, ReconciliationRules reconciliation,
    Progress progress, Clock clock) {}
