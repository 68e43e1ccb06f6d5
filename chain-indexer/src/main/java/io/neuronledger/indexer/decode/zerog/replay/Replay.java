package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.price.AdditionalInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.InvariantViolation;
import io.neuronledger.indexer.decode.zerog.replay.action.Invariants;
import io.neuronledger.indexer.decode.zerog.replay.action.LogReader;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.replay.action.TransactionActions;
import io.neuronledger.indexer.decode.zerog.settlement.ProviderService;
import io.neuronledger.indexer.decode.zerog.settlement.RejectionReasons;
import io.neuronledger.indexer.decode.zerog.settlement.SignerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replays one block. Use: {@link #begin} where following starts; {@link #transactions}; {@link #end}. Then {@link
 * #readings} has the block's readings and the model has the state after the block.
 *
 * <p>A violated invariant is an {@link InvariantViolation}. Only where the settings accept unknown code does replay
 * continue as far as possible.
 */
public final class Replay {
  private final ContractModel model;
  private final BlockRef block;
  private final BlockReadings readings;
  private final LedgerReplay ledgers;
  private final AccountReplay accounts;
  private final TransactionReplay transactions;
  private boolean touched;

  /** For a dry run, which needs neither rejection reasons nor prices. */
  public Replay(WalletAddress manager, ContractModel model, BlockRef block,
      Map<WalletAddress, ServiceRegistration> registrations,
      CodeCheck codeCheck, NegativeBalances negativeBalances) {
    this(manager, model, block, registrations, Map.of(), AdditionalInfo.UNKNOWN, codeCheck, negativeBalances);
  }

  /**
   * @param manager LedgerManager
   * @param registrations the serving contracts that register in this block, with their state
   * @param signers of the services whose providers were rejected for a signer, where known
   * @param additionalInfo what providers have published in this block beside their prices, where known
   * @param negativeBalances receives the balances that become negative
   */
  public Replay(WalletAddress manager, ContractModel model, BlockRef block,
      Map<WalletAddress, ServiceRegistration> registrations,
      Map<ProviderService, SignerState> signers, AdditionalInfo additionalInfo, CodeCheck codeCheck,
      NegativeBalances negativeBalances) {
    this.model = model;
    this.block = block;
    this.readings = new BlockReadings(block.number(), this::marked);
    Invariants invariants = new Invariants(block, () -> model.unverified().isPresent());
    this.ledgers = new LedgerReplay(model, block, readings, invariants, negativeBalances);
    this.accounts = new AccountReplay(model, block, readings, invariants, ledgers);
    this.transactions = new TransactionReplay(model, readings, invariants, ledgers, accounts,
        LogReader.of(manager, model, registrations), new RejectionReasons(model, signers), registrations, codeCheck,
        additionalInfo);
  }

  /** Emits events before the block's transactions: the initial state. */
  public void begin(List<ChainEvent> events, Evidence evidence) {
    for (ChainEvent event : events) {
      readings.next(evidence);
      readings.emit(event);
    }
  }

  /** @param all each computed with the model right before it */
  public void transactions(List<Function<ContractModel, TransactionActions>> all) {
    model.corrections().filter(corrections -> corrections.from() == block.number())
        .ifPresent(corrections -> ledgers.applyMissingDeposits(corrections, 0));
    for (Function<ContractModel, TransactionActions> each : all) {
      TransactionActions transaction = each.apply(model);
      touched |= !transaction.actions().isEmpty();
      transactions.replay(transaction);
    }
  }

  public void end() {
    Optional<Corrections> corrections = model.corrections();
    if (corrections.isPresent() && corrections.get().to() == block.number()) {
      readings.afterTransactions();
      ledgers.applyMissingWithdrawals(corrections.get());
      accounts.applyMissingAcknowledgements(corrections.get());
      model.surplus(corrections.get().surplus());
    }
    if (corrections.isEmpty() || corrections.get().to() <= block.number()) {
      model.endCorrections();
    }
  }

  /** Whether any transaction called a followed contract or made it emit a log. */
  public boolean touched() {
    return touched;
  }

  public List<Reading> readings() {
    return readings.all();
  }

  private Evidence marked(Evidence evidence) {
    return model.unverified().<Evidence>map(code -> new Evidence.Unverified(evidence, code)).orElse(evidence);
  }
}
