package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Fee;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports, settlements, seals and forks of one partition, with the expected matches after each record. */
public final class History {
  private static final Balances BALANCES = new Balances(true, Neuron.ZERO, Neuron.ZERO, Optional.empty());

  private final AccountEventScript script;
  private final Meters meters = new Meters();
  private final Map<SubAccountId, List<Fee>> usage = new HashMap<>();
  private final Map<SubAccountId, List<UsageLine>> lines = new HashMap<>();
  private final List<Settled> settlements = new ArrayList<>();
  private long lastSealed;

  private record Settled(SubAccountId subAccount, Claim claim) {
    long block() {
      return claim.id().position().block();
    }
  }

  /** With services that are older than the first block. */
  public History(int partition, int partitions, String... services) {
    this.script = AccountEventScript.started(partition, partitions)
        .known(Stream.concat(Stream.of("inference-v1.0"), Arrays.stream(services)).map(ServiceName::of)
            .toArray(ServiceName[]::new));
  }

  public History report(SubAccountId subAccount, UsageLine line) {
    usage.computeIfAbsent(subAccount, _ -> new ArrayList<>())
        .add(new Fee(new RequestKey(line.when(), line.requestId()), line.fee()));
    lines.computeIfAbsent(subAccount, _ -> new ArrayList<>()).add(line);
    script.add(meters.recorded(subAccount, List.of(line)));
    return this;
  }

  /** Takes the {@code nth} of the sub-account's requests that count back; nothing where none does. */
  public History reverse(SubAccountId subAccount, int nth) {
    List<UsageLine> counting = lines.getOrDefault(subAccount, List.of());
    if (!counting.isEmpty()) {
      UsageLine wrong = counting.remove(nth % counting.size());
      usage.getOrDefault(subAccount, List.of())
          .removeIf(fee -> fee.key().equals(new RequestKey(wrong.when(), wrong.requestId())));
      script.add(meters.reversed(subAccount, wrong, Optional.empty()));
    }
    return this;
  }

  public History settle(SubAccountId subAccount, long amount, long writtenOff) {
    Cause cause = script.cause();
    Neuron paid = Neuron.parse(String.valueOf(amount));
    Neuron unpaid = Neuron.parse(String.valueOf(writtenOff));
    settlements.add(new Settled(subAccount,
        new Claim(new SettlementId(cause.position(), cause.branch()), paid, unpaid)));
    script.add(new LedgerEvent.FeesSettled(subAccount.owner(), subAccount.provider(), subAccount.service(),
        Optional.of(paid.plus(unpaid)), paid, Optional.empty(), Optional.empty(), Optional.empty(), BALANCES,
        Optional.of(List.of()), cause));
    return this;
  }

  /** What is added from now on is recorded at this time. */
  public History at(Instant time) {
    script.stream().at(time);
    return this;
  }

  public History seal() {
    lastSealed = script.block();
    script.seal();
    return this;
  }

  /** Adds an event other than a report or a settlement. */
  public History add(AccountEvent event) {
    script.add(event);
    return this;
  }

  /** Retracts the current block and the last sealed ones, at least one: a chain retracts published blocks only. */
  public History retract(long sealedBlocks) {
    if (script.sealed().isEmpty() || script.sealed().lastEntry().getValue().branch() != script.branch()) {
      seal();
    }
    long from = Math.max(1, script.block() - Math.max(1, sealedBlocks));
    settlements.removeIf(settled -> settled.block() >= from);
    lastSealed = Math.min(lastSealed, from - 1);
    script.retract(from);
    return this;
  }

  /** The block that comes next. */
  public long block() {
    return script.block();
  }

  public List<AccountRecord> records() {
    return script.records();
  }

  /** The expected matches of all reports and of the sealed settlements that are not retracted. */
  public Definition expected(SubAccountId subAccount) {
    return new Definition(usage.getOrDefault(subAccount, List.of()), settlements.stream()
        .filter(settled -> settled.subAccount().equals(subAccount) && settled.block() <= lastSealed)
        .map(Settled::claim).toList());
  }
}
