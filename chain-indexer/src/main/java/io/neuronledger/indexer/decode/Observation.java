package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.event.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a family's contracts answer at one block.
 *
 * @param ledgers of every owner that the contracts know, or that anything was ever said of; closed where they know none
 * @param lockPeriods of every service, as it is there
 * @param held the coins that the contract of the ledgers holds
 * @param owed what its ledgers say that it holds
 */
public record Observation(SortedMap<WalletAddress, ObservedLedger> ledgers,
    SortedMap<ServiceName, Duration> lockPeriods, Neuron held, Neuron owed) {
  private static final ObservedLedger CLOSED = new ObservedLedger(false, Neuron.ZERO, List.of());

  public Observation {
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    lockPeriods = Collections.unmodifiableSortedMap(new TreeMap<>(lockPeriods));
  }

  /** The same, with closed ledgers of those that the contracts do not know. */
  public Observation withClosed(Iterable<WalletAddress> owners) {
    SortedMap<WalletAddress, ObservedLedger> all = new TreeMap<>(ledgers);
    owners.forEach(owner -> all.putIfAbsent(owner, CLOSED));
    return new Observation(all, lockPeriods, held, owed);
  }
}
