package io.neuronledger.query.admission;

import static io.neuronledger.query.db.Tables.KNOWN_SERVICE;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.contracts.view.admission.AdmissionAnswer;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.balance.BalanceQueries;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.usage.UsageTotals;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** Judges a request at a read point. */
final class AdmissionQueries {
  private final BalanceQueries balances;
  private final PartitionStore partitions;
  private final Neuron minimum;

  AdmissionQueries(JsonMapper json, AdmissionSettings settings) {
    this.balances = new BalanceQueries(json);
    this.partitions = new PartitionStore(json);
    this.minimum = settings.minimum();
  }

  AdmissionAnswer admission(WalletAddress owner, AdmissionFilter request, ReadPoint at, DSLContext db) {
    SubAccountId id = new SubAccountId(owner, request.provider(), request.service());
    Admission admission = Admission.of(holdings(id, at, db), minimum, request.cost(), rules(db));
    return new AdmissionAnswer(at.asOf(), at.quarantined(), owner, request.provider(), request.service(),
        request.cost(), admission.isAdmitted(), admission.conditions(), admission.steps());
  }

  private ContractRules rules(DSLContext db) {
    Deployment deployment = partitions.deployment(db)
        .orElseThrow(() -> new IllegalStateException("an answer of no deployment"));
    return ContractRules.of(deployment.family(), deployment.chainId());
  }

  private Holdings holdings(SubAccountId id, ReadPoint at, DSLContext db) {
    Optional<LedgerView> ledger = balances.find(id.owner(), at, db)
        .filter(view -> view.state() == LedgerView.State.OPEN);
    Optional<SubAccountView> account = balances.open(id, at, db);
    return new Holdings(ledger.isPresent(), ledger.map(LedgerView::available).orElse(Neuron.ZERO),
        isRegistered(id, at, db), account.isPresent(), account.isPresent() ? 0 : providers(id, at, db),
        account.map(SubAccountView::acknowledged).orElse(false),
        account.map(SubAccountView::free).orElse(Neuron.ZERO), unsettled(id, at, db),
        account.map(SubAccountView::refunds).orElse(List.of()));
  }

  private int providers(SubAccountId id, ReadPoint at, DSLContext db) {
    return Math.toIntExact(balances.open(id.owner(), at, db).stream()
        .filter(account -> account.service().equals(id.service())).count());
  }

  private static boolean isRegistered(SubAccountId id, ReadPoint at, DSLContext db) {
    return db.fetchExists(KNOWN_SERVICE, KNOWN_SERVICE.PARTITION.eq(at.partition()),
        KNOWN_SERVICE.SERVICE.eq(id.service()), KNOWN_SERVICE.BLOCK.le(at.block()));
  }

  /** Also of a sub-account that is not open: usage may be reported before. */
  private static NeuronSum unsettled(SubAccountId id, ReadPoint at, DSLContext db) {
    UsageTotals usage = new UsageTotals(at);
    Table<?> one = DSL.values(row(val(id.owner(), SUB_ACCOUNT.OWNER), val(id.provider(), SUB_ACCOUNT.PROVIDER),
        val(id.service(), SUB_ACCOUNT.SERVICE))).as(SUB_ACCOUNT.getName(), SUB_ACCOUNT.OWNER.getName(),
        SUB_ACCOUNT.PROVIDER.getName(), SUB_ACCOUNT.SERVICE.getName());
    return UsageTotals.read(db.select(usage.fields()).from(usage.join(one)).fetchSingle()).unsettled();
  }
}
