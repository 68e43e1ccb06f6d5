package io.neuronledger.indexer.decode.accountledger;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.guard.StorageChanges;
import io.neuronledger.indexer.guard.StorageGuard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes {@code AccountLedger}: one log, one event. Its state is the set of owners with an event, so that a ledger
 * which the contract no longer lists is reported as closed. A step of a position is the log's index among the
 * contract's logs of one transaction.
 */
public final class AccountLedgerFamily implements ContractFamily {
  public static final String NAME = "account-ledger";

  private static final Logger log = LoggerFactory.getLogger(AccountLedgerFamily.class);

  private static final int DECODER_VERSION = 3;
  private static final String ADDRESS_PADDING = "0x" + "0".repeat(24);
  private static final int TOPIC_LENGTH = 66;

  private static final String OWNER = "owner/";

  private final WalletAddress contract;
  private final LogFilter filter;
  private final StorageGuard storage = new StorageGuard(InstantSource.system());

  public AccountLedgerFamily(WalletAddress contract) {
    this.contract = contract;
    this.filter = new LogFilter(Set.of(contract), Set.copyOf(AccountLedgerLog.BY_TOPIC.keySet()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int decoderVersion() {
    return DECODER_VERSION;
  }

  @Override
  public LogFilter filter(DecoderState state) {
    return filter;
  }

  @Override
  public boolean wantsTransactions() {
    return false;
  }

  @Override
  public void recognise(BlockRef block, ChainNode node) {
    new ContractViews(contract, new PinnedCalls(node, block)).recognise();
  }

  @Override
  public void probe(ChainNode node) {
    log.info("{} proves the storage roots of: {}", node.name(), storage.probe(Set.of(contract), node));
  }

  @Override
  public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node) {
    StorageChanges changes = storage.of(blocks, Set.of(contract), block -> !block.logs().isEmpty(), node);
    // The contract logs every change. If the receipts have no log either, it is another contract than the known one.
    List<BlockData> silent = blocks.stream().filter(block -> changes.in(block.header().number())).toList();
    node.checkReceipts(silent, fetched);
    silent.forEach(block -> log.warn("block {} changed {} although its receipts hold no log: all states are "
        + "compared", block.header().ref(), contract));
    return (block, decoderState) -> {
      List<Reading> readings = read(block);
      readings.forEach(reading -> recordOwner(reading, decoderState));
      if (changes.in(block.header().number())) {
        return DecodedBlock.toBeCompared(readings);
      }
      boolean proved = changes.proved() && (block.logs().isEmpty() || block.checked());
      return DecodedBlock.of(readings, proved ? BlockGuard.PROVED : BlockGuard.NONE);
    };
  }

  private static void recordOwner(Reading reading, DecoderState state) {
    Optional<WalletAddress> owner = switch (reading) {
      case Reading.Fact(_, _, ChainEvent.OwnerFact event) -> Optional.of(event.owner());
      case Reading.Fact(_, _, ChainEvent.Broadcast _) -> Optional.empty();
      case Reading.Undecodable log -> Optional.of(log.owner());
    };
    owner.map(known -> OWNER + known).filter(key -> state.get(key).isEmpty()).ifPresent(key -> state.put(key, ""));
  }

  @Override
  public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
    return new ContractViews(contract, new PinnedCalls(node, block)).everything()
        .withClosed(state.startingWith(OWNER).keySet().stream()
            .map(key -> WalletAddress.parse(key.substring(OWNER.length()))).toList());
  }

  List<Reading> read(BlockData block) {
    List<Reading> readings = new ArrayList<>(block.logs().size());
    int transaction = -1;
    int step = 0;
    for (LogEntry log : block.logs()) {
      step = log.transactionIndex() == transaction ? step + 1 : 0;
      transaction = log.transactionIndex();
      readings.add(read(log, new ChainPosition(block.header().number(), transaction, step)));
    }
    return readings;
  }

  private Reading read(LogEntry log, ChainPosition position) {
    AccountLedgerLog kind = AccountLedgerLog.BY_TOPIC.get(log.topics().getFirst());
    if (kind == null || log.topics().size() != kind.indexed() + 1) {
      throw new CannotDecode("The contract " + log.emitter() + " is not the AccountLedger that this version knows: its "
          + "log " + log.index() + " in block " + log.block() + " (transaction " + log.transactionHash() + ") has "
          + log.topics().size() + " topics, first " + log.topics().getFirst() + ". Check NEURON_LEDGER_CONTRACT.");
    }
    Evidence evidence = new Evidence.Log(log.transactionHash(), log.index(), log.emitter());
    List<WalletAddress> indexed;
    try {
      indexed = log.topics().stream().skip(1).map(AccountLedgerFamily::address).toList();
    } catch (IllegalArgumentException e) {
      throw cannotDecode(log, kind, e);
    }
    try {
      return new Reading.Fact(position, evidence, kind.event(indexed, AbiReader.ofData(log.data())));
    } catch (IllegalArgumentException e) {
      if (indexed.isEmpty()) {
        throw cannotDecode(log, kind, e);
      }
      return new Reading.Undecodable(position, evidence, indexed.getFirst(), kind.signature() + ": " + e.getMessage(),
          log.topics(), log.data());
    }
  }

  private static CannotDecode cannotDecode(LogEntry log, AccountLedgerLog kind, IllegalArgumentException why) {
    return new CannotDecode("The log " + log.index() + " in block " + log.block() + " (transaction "
        + log.transactionHash() + ") is a " + kind.signature() + " that cannot be read: " + why.getMessage()
        + ". It concerns no single owner, so following stops before this block.");
  }

  private static WalletAddress address(String topic) {
    if (topic.length() != TOPIC_LENGTH || !topic.startsWith(ADDRESS_PADDING)) {
      throw new IllegalArgumentException("not an address: " + topic);
    }
    return WalletAddress.parse("0x" + topic.substring(ADDRESS_PADDING.length()));
  }
}
