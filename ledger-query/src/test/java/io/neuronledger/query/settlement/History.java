package io.neuronledger.query.settlement;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.settlement.Matching.Claim;
import io.neuronledger.query.settlement.Matching.Fee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One partition's reports, settlements, seals and forks; beside it what is known after each record. */
public final class History {
  private static final Balances LEFT = new Balances(true, Neuron.ZERO, Neuron.ZERO, Optional.empty());

  private final AccountEventScript scribe;
  private final Meters meters = new Meters();
  private final Map<SubAccountId, List<Fee>> usage = new HashMap<>();
  private final List<Settled> settlements = new ArrayList<>();
  private long lastSealed;

  private record Settled(SubAccountId subAccount, Claim claim) {
    long block() {
      return claim.id().position().block();
    }
  }

  public History(int partition, int partitions) {
    this.scribe = AccountEventScript.begun(partition, partitions);
  }

  public History report(SubAccountId subAccount, UsageLine line) {
    usage.computeIfAbsent(subAccount, _ -> new ArrayList<>())
        .add(new Fee(new RequestKey(line.when(), line.requestId()), line.fee()));
    scribe.add(meters.recorded(subAccount, List.of(line)));
    return this;
  }

  public History settle(SubAccountId subAccount, long amount, long writtenOff) {
    Cause cause = scribe.cause();
    Neuron got = Neuron.parse(String.valueOf(amount));
    Neuron lost = Neuron.parse(String.valueOf(writtenOff));
    settlements.add(new Settled(subAccount,
        new Claim(new SettlementId(cause.position(), cause.branch()), got, lost)));
    scribe.add(new LedgerEvent.FeesSettled(subAccount.owner(), subAccount, got.plus(lost), got, lost, Optional.empty(),
        List.of(), LEFT, List.of(), cause));
    return this;
  }

  public History seal() {
    lastSealed = scribe.block();
    scribe.seal();
    return this;
  }

  /** What is no report and no settlement. */
  public History add(AccountEvent event) {
    scribe.add(event);
    return this;
  }

  /** Takes back the last blocks, the one in hand included. */
  public History retract(long sealedBlocks) {
    long from = Math.max(1, scribe.block() - sealedBlocks);
    settlements.removeIf(settled -> settled.block() >= from);
    lastSealed = Math.min(lastSealed, from - 1);
    scribe.retract(from);
    return this;
  }

  public List<AccountRecord> records() {
    return scribe.records();
  }

  /** What matching must say now: of all reports, and of the settlements that stand and are sealed. */
  Definition expected(SubAccountId subAccount) {
    return new Definition(usage.getOrDefault(subAccount, List.of()), settlements.stream()
        .filter(settled -> settled.subAccount().equals(subAccount) && settled.block() <= lastSealed)
        .map(Settled::claim).toList());
  }
}
