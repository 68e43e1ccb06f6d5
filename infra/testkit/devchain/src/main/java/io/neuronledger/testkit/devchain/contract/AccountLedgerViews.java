package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.rpc.RpcCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** AccountLedger's views at a block. Lists are read page by page, so pin the block by number or hash. */
public record AccountLedgerViews(JsonRpc rpc, WalletAddress contract) {
  private static final int PAGE = 200;
  private static final int PAGES_PER_BATCH = 20;

  public LedgerAt ledger(WalletAddress owner, BlockRef block) {
    return LedgerAt.read(answer(block, new AbiWriter().address(owner).call("ledger(address)")));
  }

  /** @throws io.neuronledger.testkit.devchain.rpc.RpcException when the service is not registered */
  public SubAccountAt subAccount(SubAccountId id, BlockRef block) {
    return SubAccountAt.read(answer(block, key(id).call("subAccount(address,address,string)")));
  }

  public boolean acknowledged(SubAccountId id, BlockRef block) {
    return answer(block, key(id).call("acknowledged(address,address,string)")).bool();
  }

  public Duration lockPeriod(ServiceName service, BlockRef block) {
    return Duration.ofSeconds(
        answer(block, new AbiWriter().string(service.value()).call("lockPeriod(string)")).uint().longValueExact());
  }

  /** In the order of registration. */
  public List<ServiceAt> services(BlockRef block) {
    return answer(block, new AbiWriter().call("services()")).list(ServiceAt::read);
  }

  /** All open ledgers. */
  public List<LedgerAt> ledgers(BlockRef block) {
    return allPages(block, AccountLedgerViews::ledgersPage, LedgerAt::read);
  }

  /** All open sub-accounts of all owners. */
  public List<SubAccountAt> subAccounts(BlockRef block) {
    return allPages(block, AccountLedgerViews::subAccountsPage, SubAccountAt::read);
  }

  /** All open sub-accounts of one owner, in the order they were opened. */
  public List<SubAccountAt> subAccountsOf(WalletAddress owner, BlockRef block) {
    return allPages(block, offset -> new AbiWriter().address(owner).uint(offset).uint(PAGE)
        .call("subAccountsOf(address,uint256,uint256)"), SubAccountAt::read);
  }

  /** The contract's native balance. */
  public Neuron coins(BlockRef block) {
    return amount(rpc.batch(List.of(balance(block))).getFirst());
  }

  /** The complete state: one request with the first pages, and one for each {@value #PAGES_PER_BATCH} pages more. */
  public ContractState everything(BlockRef block) {
    List<JsonNode> first = rpc.batch(List.of(balance(block), ethCall(block, new AbiWriter().call("services()")),
        ethCall(block, ledgersPage(0)), ethCall(block, subAccountsPage(0))));
    List<LedgerAt> ledgers =
        withRest(block, first.get(2), AccountLedgerViews::ledgersPage, LedgerAt::read);
    List<SubAccountAt> subAccounts =
        withRest(block, first.get(3), AccountLedgerViews::subAccountsPage, SubAccountAt::read);
    return new ContractState(amount(first.get(0)), AbiReader.ofData(first.get(1).asString()).list(ServiceAt::read),
        new TreeMap<>(ledgers.stream().collect(Collectors.toMap(LedgerAt::owner, Function.identity()))),
        new TreeMap<>(subAccounts.stream().collect(Collectors.toMap(SubAccountAt::id, Function.identity()))));
  }

  private static AbiWriter key(SubAccountId id) {
    return new AbiWriter().address(id.owner()).address(id.provider()).string(id.service().value());
  }

  private static String ledgersPage(int offset) {
    return new AbiWriter().uint(offset).uint(PAGE).call("ledgers(uint256,uint256)");
  }

  private static String subAccountsPage(int offset) {
    return new AbiWriter().uint(offset).uint(PAGE).call("subAccounts(uint256,uint256)");
  }

  private <T> List<T> allPages(BlockRef block, IntFunction<String> page, Function<AbiReader, T> element) {
    JsonNode first = rpc.batch(List.of(ethCall(block, page.apply(0)))).getFirst();
    return withRest(block, first, page, element);
  }

  private <T> List<T> withRest(BlockRef block, JsonNode firstPage, IntFunction<String> page,
      Function<AbiReader, T> element) {
    AbiReader first = AbiReader.ofData(firstPage.asString());
    List<T> all = new ArrayList<>(first.list(element));
    int total = first.integer();
    List<RpcCall> rest = IntStream.iterate(PAGE, offset -> offset < total, offset -> offset + PAGE)
        .mapToObj(offset -> ethCall(block, page.apply(offset))).toList();
    for (int from = 0; from < rest.size(); from += PAGES_PER_BATCH) {
      for (JsonNode each : rpc.batch(rest.subList(from, Math.min(from + PAGES_PER_BATCH, rest.size())))) {
        all.addAll(AbiReader.ofData(each.asString()).list(element));
      }
    }
    if (all.size() != total) {
      throw new IllegalStateException("read " + all.size() + " of " + total + ": is the block pinned?");
    }
    return all;
  }

  private AbiReader answer(BlockRef block, String data) {
    return AbiReader.ofData(rpc.batch(List.of(ethCall(block, data))).getFirst().asString());
  }

  private RpcCall ethCall(BlockRef block, String data) {
    return RpcCall.of("eth_call", Map.of("to", contract.toString(), "data", data), block.parameter());
  }

  private RpcCall balance(BlockRef block) {
    return RpcCall.of("eth_getBalance", contract.toString(), block.parameter());
  }

  private static Neuron amount(JsonNode quantity) {
    return new Neuron(Quantity.toBigInteger(quantity.asString()));
  }
}
