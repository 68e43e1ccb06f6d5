package io.neuronledger.query.alert.judge;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked at.
 *
 * @param asOf the block
 * @param now by the clock
 * @param owners of whom; empty: all
 */
record Point(AsOf asOf, Instant now, Optional<Set<WalletAddress>> owners) {}
