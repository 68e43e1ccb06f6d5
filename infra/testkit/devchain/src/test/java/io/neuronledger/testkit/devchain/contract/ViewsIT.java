package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.ContractReverted;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewsIT {
  /** More than one page, and the last page not full. */
  private static final int OWNERS = 205;

  private final Scene scene = new Scene();
  private final AccountLedgerViews views = scene.contract.views();
  private final AccountLedgerCalls calls = scene.contract.calls();

  @Test
  void all_pages_are_read_and_closing_leaves_no_gap() {
    List<DevWallet> owners = IntStream.range(0, OWNERS).mapToObj(i -> DevWallet.named("owner " + i)).toList();
    Scene.node().setBalances(owners.stream().map(DevWallet::address).toList(), zeroG("100"));
    awaitAll(owners.stream().map(each -> new Outgoing(each, calls.deposit(zeroG("3")))));
    awaitAll(owners.stream().flatMap(each -> Stream.of(
        new Outgoing(each, calls.transfer(scene.provider.address(), INFERENCE, zeroG("1"))),
        new Outgoing(each, calls.transfer(scene.provider.address(), FINE_TUNING, zeroG("1"))))));
    BlockHeader full = Scene.node().head();
    expectEverything(owners, views.everything(BlockRef.latest()));

    List<DevWallet> leaving = owners.stream().filter(each -> owners.indexOf(each) % 3 != 1).toList();
    settleAll(leaving);
    awaitAll(leaving.stream().map(each -> new Outgoing(each, calls.withdraw(zeroG("1")))));
    List<DevWallet> staying = new ArrayList<>(owners);
    staying.removeAll(leaving);
    expectEverything(staying, views.everything(BlockRef.latest()));
    expectEverything(owners, views.everything(BlockRef.number(full.number())));
    expectEverything(owners, views.everything(BlockRef.hash(full.hash())));
  }

  @Test
  void a_page_beyond_the_end_is_empty_and_has_the_total() {
    scene.deposit("10");
    scene.transfer("1");
    for (String list : List.of("ledgers", "subAccounts")) {
      for (long[] offsetAndLimit : new long[][] {{1, 10}, {5, 1}, {0, 0}, {Long.MAX_VALUE, Long.MAX_VALUE}}) {
        AbiReader page = page(list, BigInteger.valueOf(offsetAndLimit[0]), BigInteger.valueOf(offsetAndLimit[1]));
        assertThat(page.list(AbiReader::uint)).isEmpty();
        assertThat(page.integer()).isEqualTo(1);
      }
    }
    AbiReader whole = page("ledgers", BigInteger.ZERO, Neuron.MAX.value());
    assertThat(whole.list(LedgerAt::read)).hasSize(1);
  }

  @Test
  void counts_are_those_of_the_lists() {
    assertThat(count("ledgerCount()", new AbiWriter())).isZero();
    scene.deposit("10");
    scene.transfer("1");
    scene.contract.await(scene.contract.transfer(scene.owner, scene.provider.address(), FINE_TUNING, zeroG("1")));
    assertThat(count("ledgerCount()", new AbiWriter())).isEqualTo(1);
    assertThat(count("subAccountCount()", new AbiWriter())).isEqualTo(2);
    assertThat(count("subAccountCountOf(address)", new AbiWriter().address(scene.owner.address()))).isEqualTo(2);
    assertThat(count("subAccountCountOf(address)", new AbiWriter().address(scene.provider.address()))).isZero();
  }

  @Test
  void an_absent_account_is_closed_and_zero() {
    assertThat(scene.ledger()).isEqualTo(new LedgerAt(scene.owner.address(), false, Neuron.ZERO, Neuron.ZERO));
    assertThat(scene.subAccount()).isEqualTo(new SubAccountAt(new SubAccountId(scene.owner.address(),
        scene.provider.address(), INFERENCE), false, Neuron.ZERO, Neuron.ZERO, false, BigInteger.ZERO, List.of()));
  }

  @Test
  void a_service_that_is_not_registered_is_an_error() {
    ServiceName none = ServiceName.of("none");
    String data = new AbiWriter().string(none.value()).call("lockPeriod(string)");
    Call call = new Call(scene.contract.address(), Neuron.ZERO, data);
    assertThatThrownBy(() -> scene.contract.transactions().simulate(WalletAddress.ZERO, call, BlockRef.latest()))
        .isInstanceOfSatisfying(ContractReverted.class, refusal -> {
          assertThat(refusal.error()).isEqualTo("ServiceUnknown");
          assertThat(refusal.arguments()).containsExactly("none");
        });
  }

  private void expectEverything(List<DevWallet> owners, ContractState state) {
    assertThat(state.ledgers().keySet()).containsExactlyInAnyOrderElementsOf(
        owners.stream().map(DevWallet::address).toList());
    assertThat(state.ledgers().values()).allMatch(each -> each.available().equals(zeroG("1")));
    assertThat(state.subAccounts().keySet()).containsExactlyInAnyOrderElementsOf(owners.stream()
        .flatMap(each -> Stream.of(INFERENCE, FINE_TUNING)
            .map(service -> new SubAccountId(each.address(), scene.provider.address(), service))).toList());
    assertThat(state.subAccounts().values()).allMatch(each -> each.open() && each.balance().equals(zeroG("1")));
    assertThat(state.coins()).isEqualTo(state.total()).isEqualTo(new Neuron(
        zeroG("3").value().multiply(BigInteger.valueOf(owners.size()))));
    assertThat(state.services()).hasSize(2);
  }

  private void settleAll(List<DevWallet> owners) {
    List<Settlement> items = owners.stream().flatMap(each -> Stream.of(INFERENCE, FINE_TUNING)
        .map(service -> new Settlement(each.address(), service, zeroG("1"), 1))).toList();
    awaitAll(IntStream.iterate(0, from -> from < items.size(), from -> from + 50).mapToObj(from -> new Outgoing(
        scene.provider, calls.settle(items.subList(from, Math.min(from + 50, items.size()))))));
  }

  private void awaitAll(Stream<Outgoing> outgoing) {
    scene.contract.transactions().sendAll(outgoing.toList()).forEach(scene.contract::await);
  }

  private AbiReader page(String list, BigInteger offset, BigInteger limit) {
    return read(new AbiWriter().uint(offset).uint(limit).call(list + "(uint256,uint256)"));
  }

  private int count(String signature, AbiWriter arguments) {
    return read(arguments.call(signature)).integer();
  }

  private AbiReader read(String data) {
    return AbiReader.ofData(scene.contract.transactions().simulate(WalletAddress.ZERO,
        new Call(scene.contract.address(), Neuron.ZERO, data), BlockRef.latest()));
  }
}
