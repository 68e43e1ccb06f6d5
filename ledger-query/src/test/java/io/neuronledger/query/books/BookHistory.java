package io.neuronledger.query.books;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.States;
import io.neuronledger.query.fixture.Wallets;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A random history of some owners over several months, with forks across their ends, deterministic by seed. */
public final class BookHistory {
  public static final List<WalletAddress> OWNERS = List.of(Wallets.wallet(1), Wallets.wallet(2), Wallets.wallet(3));
  private static final List<WalletAddress> PROVIDERS = List.of(Wallets.wallet(7), Wallets.wallet(8));

  /** The names that any deployment may register, and what a journal could take for something else. */
  private static final List<ServiceName> SERVICES = List.of(ServiceName.of("inference-v1.0"),
      ServiceName.of("a/b;c  d:e\n2026-01-01 x, y=\u00e4"), ServiceName.of(""));
  private static final int REFUNDS_MAX = 5;
  /** A month has about 4,400 blocks. */
  private static final int BLOCKS_MAX = 1_200;
  private static final int FORK_MAX = 300;
  private static final int AMOUNT_BITS = 200;

  private static final int SECONDS_MAX = 90 * 86_400;

  private final Random random;
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final Meters meters = new Meters();
  private final List<Map.Entry<SubAccountId, UsageLine>> counting = new ArrayList<>();
  private int requests;

  private BookHistory(long seed) {
    this.random = new Random(seed);
  }

  /** With reports of usage, of which some are reversed, after each step. */
  public static AccountEventScript withUsage(long seed, int steps) {
    BookHistory history = new BookHistory(seed);
    history.script.seal();
    for (int i = 0; i < steps; i++) {
      history.step();
      history.use();
    }
    return history.script.seal();
  }

  /** Ends with a seal. */
  public static AccountEventScript of(long seed, int steps) {
    BookHistory history = new BookHistory(seed);
    history.script.seal();
    for (int i = 0; i < steps; i++) {
      history.step();
    }
    return history.script.seal();
  }

  private void step() {
    int choice = random.nextInt(100);
    if (choice < 18) {
      script.seal(1 + random.nextInt(BLOCKS_MAX));
    } else if (choice < 23) {
      fork();
    } else if (choice < 27) {
      restate(OWNERS.get(random.nextInt(OWNERS.size())));
    } else {
      move(account());
    }
  }

  private void use() {
    if (!counting.isEmpty() && random.nextInt(4) == 0) {
      Map.Entry<SubAccountId, UsageLine> wrong = counting.remove(random.nextInt(counting.size()));
      script.add(meters.reversed(wrong.getKey(), wrong.getValue(), Optional.empty()));
      return;
    }
    SubAccountId meter = account();
    Neuron fee = new Neuron(BigInteger.valueOf(1 + random.nextInt(100)));
    Units units = requests % 4 == 3 ? new Units.Unpriced(List.of()) : new Units.Images(1, fee);
    UsageLine line = Meters.charge("r-" + requests++, Chain.GENESIS.plusSeconds(random.nextInt(SECONDS_MAX)),
        "model-" + random.nextInt(2), units, fee, random.nextInt(3) == 0 ? UsageSource.ROUTER : UsageSource.DIRECT,
        Optional.empty());
    counting.add(Map.entry(meter, line));
    script.add(meters.recorded(meter, List.of(line)));
  }

  private SubAccountId account() {
    return new SubAccountId(OWNERS.get(random.nextInt(OWNERS.size())), PROVIDERS.get(random.nextInt(2)),
        SERVICES.get(random.nextInt(SERVICES.size())));
  }

  private void fork() {
    boolean isSealed = script.sealed().lastEntry().getValue().branch() == script.branch();
    long newest = script.block() - 1;
    long oldest = Math.max(2, newest - FORK_MAX);
    if (isSealed && newest > oldest) {
      script.retract(oldest + random.nextLong(newest - oldest)).seal();
    }
  }

  /** A comparison comes directly after a seal, and its block is sealed again after it. */
  private void restate(WalletAddress owner) {
    script.seal();
    LedgerState now = script.state(owner);
    if (now.open()) {
      script.restate(owner, new LedgerState(true, amount(), now.subAccounts().stream().map(each ->
          random.nextBoolean() ? each : new SubAccountState(each.provider(), each.service(), each.open(),
              each.balance(), each.acknowledged(), List.of())).toList()));
    }
    long block = script.block() - 1;
    script.add(new PartitionEvent.BlockSealed(block, Chain.blockHash(block, script.branch()), Chain.blockTime(block),
        script.branch(), -1, script.stream().chainNext()));
  }

  private void move(SubAccountId id) {
    LedgerState now = script.state(id.owner());
    SubAccountState held = States.subAccount(now, id);
    Neuron free = held.balance().minusOrZero(held.pendingRefund());
    switch (random.nextInt(6)) {
      case 0 -> script.deposit(id.owner(), amount());
      case 1, 2 -> script.transfer(id, part(now.available()));
      case 3 -> {
        if (!free.isZero() && held.refunds().size() < REFUNDS_MAX) {
          script.request(id, part(free));
        }
      }
      case 4 -> script.settle(id, part(free), random.nextBoolean() ? Neuron.ZERO : amount());
      default -> script.withdraw(id.owner(), random.nextInt(8) == 0 ? now.available() : part(now.available()));
    }
  }

  private Neuron amount() {
    return new Neuron(new BigInteger(AMOUNT_BITS, random));
  }

  private Neuron part(Neuron whole) {
    return new Neuron(new BigInteger(AMOUNT_BITS, random).mod(whole.value().add(BigInteger.ONE)));
  }
}
