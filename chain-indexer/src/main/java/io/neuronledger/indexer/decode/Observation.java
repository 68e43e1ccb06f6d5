package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state that a family's contracts report at one block.
 *
 * @param ledgers of every owner that the contracts know or that any event named; closed where the contracts know none
 * @param lockPeriods of every service at that block
 * @param held the native balance of the contract that holds the ledgers, in neuron
 * @param owed the sum of its ledgers, in neuron
 */
public record Observation(SortedMap<WalletAddress, ObservedLedger> ledgers,
    SortedMap<ServiceName, Duration> lockPeriods, Neuron held, Neuron owed) {
  private static final ObservedLedger CLOSED = new ObservedLedger(false, Neuron.ZERO, List.of());

  public Observation {
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    lockPeriods = Collections.unmodifiableSortedMap(new TreeMap<>(lockPeriods));
  }

  /** This observation, with closed ledgers for owners that the contracts do not know. */
  public Observation withClosed(Iterable<WalletAddress> owners) {
    SortedMap<WalletAddress, ObservedLedger> all = new TreeMap<>(ledgers);
    owners.forEach(owner -> all.putIfAbsent(owner, CLOSED));
    return new Observation(all, lockPeriods, held, owed);
  }
}
