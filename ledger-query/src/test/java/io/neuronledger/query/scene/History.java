package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random history of one partition, the same for the same seed: movements, refunds, lock periods, forks, repairs. */
public final class History {
  public static final List<ServiceName> SERVICES =
      List.of(ServiceName.of("inference-v1.0"), ServiceName.of("fine-tuning-v1.0"));

  private static final List<WalletAddress> PROVIDERS = List.of(Wallets.wallet(1001), Wallets.wallet(1002));
  private static final int REFUNDS_MAX = 5;
  private static final int AMOUNT_BITS = 90;

  private final Random random;
  private final AccountEventScript scribe;
  private final List<WalletAddress> owners = new ArrayList<>();
  private final boolean forks;

  private History(long seed, int partition, int partitions, int ownerCount, boolean forks) {
    this.random = new Random(seed * 31 + partition);
    this.scribe = AccountEventScript.begun(partition, partitions);
    this.forks = forks;
    for (int i = 0; i < ownerCount; i++) {
      owners.add(Wallets.inPartition(partition, i, new Partitions(partitions)));
    }
  }

  /** A partition that has been written, sealed at its end. */
  public static History of(long seed, int partition, int partitions, int steps) {
    return played(new History(seed, partition, partitions, 4, true), steps);
  }

  /** The same without forks. */
  public static History withoutForks(long seed, int partition, int partitions, int steps) {
    return played(new History(seed, partition, partitions, 4, false), steps);
  }

  private static History played(History history, int steps) {
    history.scribe.seal();
    for (int i = 0; i < steps; i++) {
      history.step();
    }
    history.scribe.seal();
    return history;
  }

  private void step() {
    int what = random.nextInt(100);
    WalletAddress owner = owners.get(random.nextInt(owners.size()));
    if (what < 25) {
      scribe.seal();
    } else if (what < 30) {
      scribe.lockPeriod(SERVICES.get(random.nextInt(2)), Duration.ofHours(1 + random.nextInt(72)));
    } else if (what < 35) {
      fork();
    } else if (what < 38) {
      repair(owner);
    } else {
      move(owner);
    }
  }

  private void fork() {
    long oldest = scribe.sealed().firstKey() + 1;
    if (forks && scribe.block() > oldest) {
      scribe.retract(oldest + random.nextLong(scribe.block() - oldest));
    }
  }

  /** A repair stands right behind a seal. */
  private void repair(WalletAddress owner) {
    scribe.seal();
    LedgerState now = scribe.state(owner);
    if (now.open()) {
      scribe.restate(owner, new LedgerState(true, amount(), now.subAccounts()));
    }
  }

  private void move(WalletAddress owner) {
    LedgerState now = scribe.state(owner);
    SubAccountId id = new SubAccountId(owner, PROVIDERS.get(random.nextInt(2)), SERVICES.get(random.nextInt(2)));
    SubAccountState held = States.subAccount(now, id);
    Neuron free = held.balance().minusOrZero(held.pendingRefund());
    switch (random.nextInt(6)) {
      case 0 -> scribe.deposit(owner, amount());
      case 1 -> scribe.transfer(id, part(now.available()));
      case 2 -> {
        if (!free.isZero() && held.refunds().size() < REFUNDS_MAX) {
          scribe.request(id, free);
        }
      }
      case 3 -> scribe.settle(id, part(free));
      case 4 -> scribe.withdraw(owner, part(now.available()));
      default -> scribe.withdraw(owner, now.available());
    }
  }

  private Neuron amount() {
    return new Neuron(new BigInteger(AMOUNT_BITS, random));
  }

  private Neuron part(Neuron whole) {
    return whole.isZero()
        ? Neuron.ZERO
        : new Neuron(new BigInteger(AMOUNT_BITS, random).mod(whole.value().add(BigInteger.ONE)));
  }

  public AccountEventScript scribe() {
    return scribe;
  }

  public List<AccountRecord> records() {
    return scribe.records();
  }

  public List<WalletAddress> owners() {
    return List.copyOf(owners);
  }

  public static List<WalletAddress> providers() {
    return PROVIDERS;
  }
}
