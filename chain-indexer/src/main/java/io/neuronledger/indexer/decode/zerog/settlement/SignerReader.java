package io.neuronledger.indexer.decode.zerog.settlement;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.contract.ServiceView;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the signers of services whose providers were rejected for a missing acknowledgement, which no settlement log
 * explains. A view answers for the end of the block: where a service of the contract changed inside the block, its
 * state before is unknown, and the contract's signers are left out. A block without such a rejection needs no request.
 */
public final class SignerReader {
  private static final Logger log = LoggerFactory.getLogger(SignerReader.class);

  private static final int NO_SIGNER = 3;
  /** Words of the service between its provider and its signer. */
  private static final int WORDS_BEFORE_SIGNER = 8;
  /** Every change of a signer, or of its acknowledgement, comes with one of these. */
  private static final Set<String> SERVICE_CHANGES = Set.of(
      Signature.topic("ServiceUpdated(address,string,string,uint256,uint256,uint256,string,string)"),
      Signature.topic("ServiceRemoved(address)"),
      Signature.topic("ProviderTEESignerAcknowledged(address,address,bool)"));

  private final ChainNode node;

  public SignerReader(ChainNode node) {
    this.node = node;
  }

  /**
   * The signers with one state throughout the block, as far as the node answers.
   *
   * @param model the state before the block
   * @throws RpcFailure only if the node may answer the next time
   */
  public Map<ProviderService, SignerState> in(BlockData block, ContractModel model) {
    SortedMap<WalletAddress, SortedSet<WalletAddress>> asked = refused(block, model);
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<ProviderService, SignerState> signers = new HashMap<>();
    try {
      LogFilter changes = new LogFilter(asked.keySet(), SERVICE_CHANGES);
      node.blockData(List.of(block.header()), changes).forEach(found ->
          found.logs().forEach(change -> asked.remove(change.emitter())));
      PinnedCalls calls = new PinnedCalls(node, block.header().ref());
      asked.forEach((contract, providers) -> read(contract, List.copyOf(providers), calls, signers));
    } catch (RpcFailure failure) {
      leaveOut(failure);
    }
    return signers;
  }

  /**
   * The providers that may have been rejected, by contract: the sender of the call, or the providers of the user's
   * sub-accounts.
   */
  private static SortedMap<WalletAddress, SortedSet<WalletAddress>> refused(BlockData block, ContractModel model) {
    SortedMap<WalletAddress, SortedSet<WalletAddress>> refused = new TreeMap<>();
    for (LogEntry entry : block.logs()) {
      refusedUser(entry, model).ifPresent(user -> refused.computeIfAbsent(entry.emitter(), _ -> new TreeSet<>())
          .addAll(callers(entry, user, block.header().transactions(), model)));
    }
    return refused;
  }

  private static Optional<WalletAddress> refusedUser(LogEntry entry, ContractModel model) {
    if (!entry.topics().getFirst().equals(LogForm.TEE_SETTLEMENT_RESULT.topic())
        || model.service(entry.emitter()).isEmpty()) {
      return Optional.empty();
    }
    try {
      ContractLog.TeeSettlementResult result =
          (ContractLog.TeeSettlementResult) LogForm.TEE_SETTLEMENT_RESULT.read(entry);
      return result.status() == NO_SIGNER ? Optional.of(result.user()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();   // decoding the log stops at it, and explains it
    }
  }

  private static Set<WalletAddress> callers(LogEntry entry, WalletAddress user, List<ChainTransaction> transactions,
      ContractModel model) {
    Set<WalletAddress> callers = new TreeSet<>();
    transactions.stream().filter(transaction -> transaction.index() == entry.transactionIndex()
        && transaction.to().equals(Optional.of(entry.emitter()))).map(ChainTransaction::from).forEach(callers::add);
    if (callers.isEmpty()) {
      model.accounts(user).keySet().stream().filter(key -> key.service().equals(entry.emitter()))
          .map(AccountKey::provider).forEach(callers::add);
    }
    return callers;
  }

  /** Reads all together; if that fails, which one bad answer suffices for, one by one. */
  private static void read(WalletAddress contract, List<WalletAddress> providers, PinnedCalls calls,
      Map<ProviderService, SignerState> signers) {
    try {
      List<SignerState> states = calls.views(contract, providers, ServiceView::input, SignerReader::state);
      for (int i = 0; i < providers.size(); i++) {
        signers.put(new ProviderService(contract, providers.get(i)), states.get(i));
      }
    } catch (RpcFailure failure) {
      if (providers.size() > 1) {
        providers.forEach(provider -> read(contract, List.of(provider), calls, signers));
      } else {
        leaveOut(failure);
      }
    }
  }

  /** @throws IllegalArgumentException if the answer does not match the ABI */
  private static SignerState state(WalletAddress provider, String answer) {
    AbiReader service = ServiceView.fields(provider, answer);
    WalletAddress signer = service.skip(WORDS_BEFORE_SIGNER).address();
    if (!service.bool()) {
      return SignerState.NOT_ACKNOWLEDGED;
    }
    return signer.equals(WalletAddress.ZERO) ? SignerState.ABSENT : SignerState.ACKNOWLEDGED;
  }

  /**
   * A missing reason does not stop following: old states may be pruned for good, and the answer may have another form.
   */
  private static void leaveOut(RpcFailure failure) {
    if (!failure.refusesTheQuestion()) {
      throw failure;
    }
    log.info("a service's signer is unknown, and with it the reason of a rejection: {}", failure.getMessage());
  }
}
