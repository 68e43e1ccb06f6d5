package io.neuronledger.testkit.trace.node;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.block.TraceBlock;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ethereum's accounts as of a block: native balance, code and storage of the contracts. */
final class TraceAccounts {
  private static final JsonMapper JSON = JsonMapper.shared();
  /** EIP-1967. */
  private static final String BEACON_SLOT = "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";
  private static final String IMPLEMENTATION_SLOT = "0x%064x".formatted(
      Quantity.toBigInteger(Hash.keccak256("eip1967.proxy.implementation").value())
          .subtract(BigInteger.ONE));
  private static final String NO_STORAGE = "0x" + "0".repeat(64);
  /** The root of an empty trie. */
  private static final String EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
  private static final String NO_CODE = "0x";

  private final Trace trace;
  private final TraceSwitches switches;
  private final TraceViews views;
  private final long firstBlock;
  private final Map<Root, String> roots = new ConcurrentHashMap<>();

  TraceAccounts(Trace trace, TraceSwitches switches, TraceViews views, long firstBlock) {
    this.trace = trace;
    this.switches = switches;
    this.views = views;
    this.firstBlock = firstBlock;
  }

  /**
   * LedgerManager holds its ledgers' available balances and forced coins; a serving contract its accounts' balances.
   */
  BigInteger balance(WalletAddress account, TraceBlock block) {
    if (account.equals(trace.ledgerManager())) {
      return block.state().ledgers().values().stream().flatMap(Optional::stream)
          .map(ledger -> ledger.available().value()).reduce(block.state().forcedCoins().value(), BigInteger::add);
    }
    return block.state().accounts().stream().filter(each -> each.service().equals(account))
        .map(each -> each.balance().value()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** A constant code, different for each contract. */
  String code(WalletAddress account, TraceBlock at) {
    boolean contract = account.equals(trace.ledgerManager()) || trace.services().containsKey(account)
        || views.implementation(account, at.number()).isPresent() || views.isImplementation(account);
    return contract && isDeployed(at) ? TraceNode.codeOf(account) : NO_CODE;
  }

  /** @param slot a word: {@code 0x} and 64 hex digits */
  String storage(WalletAddress account, String slot, TraceBlock at) {
    if (slot.equals(IMPLEMENTATION_SLOT)) {
      return views.upgraded(account, at.number()).map(named -> new AbiWriter().address(named).data())
          .orElse(NO_STORAGE);
    }
    if (!slot.equals(BEACON_SLOT) || !isDeployed(at)) {
      return NO_STORAGE;
    }
    if (account.equals(trace.ledgerManager()) && switches.implementation().isPresent()) {
      return new AbiWriter().address(TraceSwitches.BEACON).data();
    }
    boolean service = trace.services().containsKey(account) && switches.serviceImplementation().isPresent();
    return service ? new AbiWriter().address(TraceSwitches.SERVICE_BEACON).data() : NO_STORAGE;
  }

  /** The answer to {@code eth_getProof}, whose lists of trie nodes are empty. */
  ObjectNode proof(WalletAddress account, JsonNode slots, TraceBlock at) {
    String code = code(account, at);
    ObjectNode proof = JSON.createObjectNode().put("address", account.value())
        .put("balance", Quantity.of(balance(account, at)))
        .put("codeHash", Hash.keccak256(HexData.toBytes(code)).value())
        .put("nonce", code.equals(NO_CODE) ? "0x0" : "0x1").put("storageHash", storageHash(account, at));
    proof.putArray("accountProof");
    ArrayNode storage = proof.putArray("storageProof");
    for (JsonNode slot : slots) {
      String value = storage(account, slot.asString(), at);
      storage.addObject().put("key", slot.asString())
          .put("value", Quantity.of(Quantity.toBigInteger(value))).putArray("proof");
    }
    return proof;
  }

  /** Cached: a real node stores the root with the state too. */
  private String storageHash(WalletAddress account, TraceBlock at) {
    return roots.computeIfAbsent(new Root(account, at.hash().toString()), _ -> rootOf(account, at));
  }

  private record Root(WalletAddress account, String block) {}

  /** Two blocks have equal roots of a contract exactly where its modelled state is equal. */
  private String rootOf(WalletAddress account, TraceBlock at) {
    if (!isDeployed(at)) {
      return EMPTY_ROOT;
    }
    if (account.equals(trace.ledgerManager())) {
      return Hash.keccak256("ledgers " + TraceViews.ledgersOf(at) + " services " + views.registered(at.number()))
          .value();
    }
    if (trace.services().containsKey(account)) {
      return Hash.keccak256("accounts " + at.state().accounts().stream()
          .filter(each -> each.service().equals(account)).sorted(Comparator.comparing(Trace.AccountState::user)
              .thenComparing(Trace.AccountState::provider)).toList()
          + " lock time " + views.lockTime(account, at.number())).value();
    }
    return views.implementation(account, at.number()).map(code -> Hash.keccak256("implementation " + code).value())
        .orElse(EMPTY_ROOT);
  }

  private boolean isDeployed(TraceBlock at) {
    return at.number() >= Math.max(firstBlock, switches.deployed());
  }
}
