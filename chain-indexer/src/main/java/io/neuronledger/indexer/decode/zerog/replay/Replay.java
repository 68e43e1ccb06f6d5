package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.settlement.ProviderService;
import io.neuronledger.indexer.decode.zerog.settlement.RejectionReasons;
import io.neuronledger.indexer.decode.zerog.settlement.SignerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells one block. Use: the events that begin it, if any; its transactions in order; {@link #end}. Then
 * {@link #readings}, and in the books what is remembered behind the block.
 *
 * <p>A rule of the contracts that does not hold is a {@link InvariantViolation}; only where the implementation is one
 * that nobody has described, and the user wants to go on, is it told as far as it can be.
 */
public final class Replay {
  private final ContractModel books;
  private final BlockRef block;
  private final BlockReadings readings;
  private final LedgerReplay ledgers;
  private final AccountReplay accounts;
  private final TransactionReplay transactions;
  private boolean touched;

  /** For a dry run: nobody reads the reasons of rejections. */
  public Replay(WalletAddress manager, ContractModel books, BlockRef block,
      Map<WalletAddress, ServiceRegistration> arrivals,
      CodeCheck codeCheck, NegativeBalances shortfalls) {
    this(manager, books, block, arrivals, Map.of(), codeCheck, shortfalls);
  }

  /**
   * @param manager LedgerManager
   * @param arrivals the serving contracts that register in this block, with what had to be read from the chain
   * @param signers of the services whose providers were refused for one, where they are known
   * @param shortfalls notes what goes below zero
   */
  public Replay(WalletAddress manager, ContractModel books, BlockRef block,
      Map<WalletAddress, ServiceRegistration> arrivals,
      Map<ProviderService, SignerState> signers, CodeCheck codeCheck, NegativeBalances shortfalls) {
    this.books = books;
    this.block = block;
    this.readings = new BlockReadings(block.number(), this::marked);
    Invariants rules = new Invariants(block, () -> books.unverified().isPresent());
    this.ledgers = new LedgerReplay(books, block, readings, rules, shortfalls);
    this.accounts = new AccountReplay(books, block, readings, rules, ledgers);
    this.transactions = new TransactionReplay(books, readings, rules, ledgers, accounts,
        LogReader.of(manager, books, arrivals), new RejectionReasons(books, signers), arrivals, codeCheck);
  }

  /** What is told before the block's transactions: the state with which following starts. */
  public void begin(List<ChainEvent> events, Evidence evidence) {
    for (ChainEvent event : events) {
      readings.next(evidence);
      readings.say(event);
    }
  }

  /** @param all each worked out with what is known right before it */
  public void transactions(List<Function<ContractModel, TransactionActions>> all) {
    books.amendments().filter(amendments -> amendments.from() == block.number())
        .ifPresent(amendments -> ledgers.missingDeposits(amendments, 0));
    for (Function<ContractModel, TransactionActions> each : all) {
      TransactionActions transaction = each.apply(books);
      touched |= !transaction.acts().isEmpty();
      transactions.tell(transaction);
    }
  }

  public void end() {
    Optional<Corrections> amendments = books.amendments();
    if (amendments.isPresent() && amendments.get().to() == block.number()) {
      readings.behindTransactions();
      ledgers.missingWithdrawals(amendments.get());
      accounts.missingAcknowledgements(amendments.get());
      books.surplus(amendments.get().surplus());
    }
    if (amendments.isEmpty() || amendments.get().to() <= block.number()) {
      books.endAmendments();
    }
  }

  /** Whether any transaction called one of the contracts or made it emit a log. */
  public boolean touched() {
    return touched;
  }

  public List<Reading> readings() {
    return readings.all();
  }

  private Evidence marked(Evidence evidence) {
    return books.unverified().<Evidence>map(code -> new Evidence.Unverified(evidence, code)).orElse(evidence);
  }
}
