package io.neuronledger.wallet.funding;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A chain of one wallet and one sub-account, with forks, which checks each transfer of auto-funding as it is mined. */
final class RandomChain {
  static final WalletAddress PROVIDER = WalletAddress.typed("0x90F79bf6EB2c4f870365E785982E1f101E93b906");
  static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  private static final WalletAddress OWNER = WalletAddress.typed("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
  private static final Duration LOCK = Duration.ofHours(24);

  private final Random random;
  private final int forkMax;
  private final FundingRule rule;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Signed> waiting = new ArrayList<>();
  private final List<AccountMove> ofProvider = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-28T20:00:00Z");

  /** @param kind what the owner signed; {@code AUTO} is auto-funding */
  record Signed(int nonce, Kind kind, Neuron amount, int id) {}

  enum Kind {
    AUTO, DEPOSIT, TRANSFER, ASK_BACK, FETCH
  }

  /** What is used is known beside the chain, at its time. */
  private record Block(Instant time, List<Signed> transactions, List<Neuron> settled) {}

  private int ids;

  RandomChain(Random random, int forkMax, FundingRule rule) {
    this.random = random;
    this.forkMax = forkMax;
    this.rule = rule;
    for (int i = 0; i <= forkMax; i++) {
      blocks.add(new Block(now, i == 0 ? List.of(new Signed(0, Kind.DEPOSIT, zeroG(40), ids++)) : List.of(),
          List.of()));
    }
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Holdings holdings() {
    return play(blocks, false).at(now);
  }

  /** @param lag how many blocks the ledger has not read yet */
  FundingState state(int lag) {
    int read = Math.max(1, blocks.size() - lag);
    List<Block> known = blocks.subList(0, read);
    List<PastTransfer> transfers = known.stream().flatMap(block -> block.transactions().stream()
        .filter(RandomChain::isTransfer).map(each -> new PastTransfer(block.time(), each.amount()))).toList();
    int mined = nonce(blocks);
    int pending = mined;
    // A node that does not have what waits elsewhere.
    if (random.nextBoolean()) {
      while (hasWaiting(pending)) {
        pending++;
      }
    }
    List<Block> deep = blocks.subList(0, Math.max(1, Math.min(blocks.size() - forkMax, read)));
    return new FundingState(play(known, true).at(now), known.getLast().time(), false, false, transfers, pending(deep),
        new FundingState.Nonces(BigInteger.valueOf(nonce(deep)),
            BigInteger.valueOf(nonce(known)), BigInteger.valueOf(mined), BigInteger.valueOf(pending)));
  }

  private Neuron pending(List<Block> of) {
    return play(of, true).at(now).find(PROVIDER, SERVICE).map(SubAccountHoldings::pending).orElse(Neuron.ZERO);
  }

  private boolean hasWaiting(int nonce) {
    return waiting.stream().anyMatch(each -> each.nonce() == nonce);
  }

  private static int nonce(List<Block> of) {
    return (int) of.stream().mapToLong(block -> block.transactions().size()).sum();
  }

  private static boolean isTransfer(Signed signed) {
    return signed.kind() == Kind.AUTO || signed.kind() == Kind.TRANSFER;
  }

  Signed sign(Neuron amount) {
    return new Signed(nonce(blocks), Kind.AUTO, amount, ids++);
  }

  void send(Signed signed) {
    waiting.add(signed);
  }

  /** What the owner does, with a nonce that may be taken. */
  void byHand() {
    Kind kind = List.of(Kind.DEPOSIT, Kind.TRANSFER, Kind.ASK_BACK, Kind.ASK_BACK, Kind.FETCH).get(random.nextInt(5));
    waiting.add(new Signed(nonce(blocks), kind, zeroG(1 + random.nextInt(5)), ids++));
  }

  /** A node forgets what waits. */
  void lose() {
    waiting.removeIf(_ -> random.nextBoolean());
  }

  void use() {
    var _ = use(zeroG(1 + random.nextInt(3)));
  }

  boolean use(Neuron fee) {
    boolean served = play(blocks, true).spendable(PROVIDER, SERVICE).compareTo(NeuronSum.of(fee)) >= 0;
    if (served) {
      ofProvider.add(new AccountMove.Used(now, PROVIDER, SERVICE, fee));
    }
    return served;
  }

  void settle() {
    NeuronSum used = play(blocks, true).at(now).find(PROVIDER, SERVICE).map(SubAccountHoldings::unsettled)
        .orElse(NeuronSum.ZERO);
    if (used.value().signum() > 0) {
      addBlock(List.of(), List.of(new Neuron(used.value())));
    }
  }

  /** What waits, in the order of nonces; of two with one nonce any. */
  void mine() {
    List<Signed> mined = new ArrayList<>();
    int next = nonce(blocks);
    while (hasWaiting(next)) {
      int nonce = next;
      List<Signed> candidates = waiting.stream().filter(each -> each.nonce() == nonce).toList();
      mined.add(candidates.get(random.nextInt(candidates.size())));
      next++;
    }
    addBlock(mined, List.of());
  }

  private void addBlock(List<Signed> transactions, List<Neuron> settled) {
    now = now.plusSeconds(1);
    List<Signed> done = new ArrayList<>();
    for (Signed each : transactions) {
      done.add(each);
      check(each, done);
    }
    blocks.add(new Block(now, List.copyOf(done), List.copyOf(settled)));
    waiting.removeAll(done);
    int next = nonce(blocks);
    // What can never be mined on this branch may still be on another one.
    waiting.removeIf(each -> each.nonce() < next && random.nextBoolean());
  }

  /** Replaces the last blocks by as many: what they had waits again, or is lost. */
  void fork() {
    int depth = Math.min(random.nextInt(forkMax + 1), blocks.size() - 1);
    List<Block> taken = new ArrayList<>(blocks.subList(blocks.size() - depth, blocks.size()));
    blocks.subList(blocks.size() - depth, blocks.size()).clear();
    for (Block block : taken) {
      block.transactions().stream().filter(_ -> random.nextInt(3) > 0).forEach(waiting::add);
    }
    for (Block block : taken) {
      if (random.nextBoolean()) {
        mine();
      } else {
        addBlock(List.of(), block.settled());
      }
    }
  }

  /** At the moment of mining, on this branch. */
  private void check(Signed signed, List<Signed> withIt) {
    if (signed.kind() != Kind.AUTO) {
      return;
    }
    List<Block> before = new ArrayList<>(blocks);
    before.add(new Block(now, withIt.subList(0, withIt.size() - 1), List.of()));
    if (!rule.undoRefund()) {
      assertThat(pending(before)).as("refunds that a transfer of auto-funding meets").isEqualTo(Neuron.ZERO);
    }
    before.set(before.size() - 1, new Block(now, withIt, List.of()));
    Neuron all = Neuron.ZERO;
    Neuron ofDay = Neuron.ZERO;
    LocalDate today = FundingDecider.day(now);
    for (Block block : before) {
      for (Signed each : block.transactions()) {
        if (isTransfer(each)) {
          all = all.plus(each.amount());
          ofDay = FundingDecider.day(block.time()).equals(today) ? ofDay.plus(each.amount()) : ofDay;
        }
      }
    }
    assertThat(all).as("transfers in all").isLessThanOrEqualTo(rule.capInAll());
    assertThat(ofDay).as("transfers of the day").isLessThanOrEqualTo(rule.capPerDay());
  }

  private SimulatedHoldings play(List<Block> of, boolean withUsage) {
    SimulatedHoldings holdings =
        new SimulatedHoldings(new Holdings(OWNER, false, Neuron.ZERO, Neuron.ZERO, List.of()), LOCK);
    List<AccountMove> moves = new ArrayList<>(withUsage ? ofProvider : List.of());
    for (Block block : of) {
      block.settled().forEach(each -> moves.add(new AccountMove.Settled(block.time(), PROVIDER, SERVICE, each)));
      block.transactions().forEach(each -> moves.add(move(block.time(), each)));
    }
    // Stable: what has one time stays in the order of the chain.
    moves.stream().sorted(Comparator.comparing(AccountMove::time)).forEach(holdings::apply);
    return holdings;
  }

  private static AccountMove move(Instant time, Signed signed) {
    return switch (signed.kind()) {
      case AUTO, TRANSFER -> new AccountMove.Transferred(time, PROVIDER, SERVICE, signed.amount());
      case DEPOSIT -> new AccountMove.Deposited(time, signed.amount());
      case ASK_BACK -> new AccountMove.AskedBack(time, PROVIDER, SERVICE, signed.amount());
      case FETCH -> new AccountMove.Returned(time, PROVIDER, SERVICE, signed.amount());
    };
  }

  private static Neuron zeroG(int amount) {
    return Neuron.ofZeroG(String.valueOf(amount));
  }
}
