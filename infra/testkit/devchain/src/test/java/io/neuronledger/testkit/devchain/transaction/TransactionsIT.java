package io.neuronledger.testkit.devchain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.rpc.RpcException;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionsIT {
  private static final Neuron COIN = Neuron.ofZeroG("1");
  private static final WalletAddress PAYEE = DevWallet.named("payee").address();

  private final Anvil node = Anvil.start();
  private final Transactions transactions = new Transactions(node.rpc());

  @AfterEach
  void end() {
    node.close();
  }

  @Test
  void the_wallets_are_those_that_the_node_knows() {
    List<String> known = node.rpc().call("eth_accounts").valueStream().map(each -> each.asString()).toList();
    assertThat(IntStream.range(0, DevWallet.FUNDED).mapToObj(i -> DevWallet.funded(i).address().toString()))
        .containsExactlyElementsOf(known);
    assertThatIllegalArgumentException().isThrownBy(() -> DevWallet.funded(DevWallet.FUNDED));
  }

  @Test
  void many_transactions_of_many_wallets_fit_in_one_block_in_each_wallets_order() {
    node.control().setAutomine(false);
    List<Outgoing> outgoing = IntStream.range(0, 500).mapToObj(i -> new Outgoing(DevWallet.funded(i % 5),
        Call.payment(PAYEE, COIN))).toList();
    List<Hash> hashes = transactions.sendAll(outgoing);
    node.control().mine();
    List<Receipt> receipts = hashes.stream().map(transactions::await).toList();
    assertThat(receipts).extracting(Receipt::block).containsOnly(1L);
    for (int wallet = 0; wallet < 5; wallet++) {
      int mine = wallet;
      assertThat(IntStream.range(0, 500).filter(i -> i % 5 == mine)
          .mapToObj(i -> receipts.get(i).transactionIndex())).isSorted();
    }
  }

  @Test
  void threads_may_share_a_wallet() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Hash>> work = Stream.generate(() -> (Callable<Hash>) () ->
          transactions.send(DevWallet.funded(0), Call.payment(PAYEE, COIN))).limit(100).toList();
      for (Future<Hash> each : threads.invokeAll(work)) {
        assertThat(transactions.await(each.get()).succeeded()).isTrue();
      }
    }
  }

  @Test
  void a_refused_transaction_leaves_no_gap_in_the_nonces() {
    DevWallet poor = DevWallet.named("poor");
    assertThatThrownBy(() -> transactions.send(poor, Call.payment(PAYEE, COIN)))
        .isInstanceOf(RpcException.class).hasMessageContaining("Insufficient funds");
    node.control().setBalance(poor.address(), Neuron.ofZeroG("10"));
    assertThat(transactions.execute(poor, Call.payment(PAYEE, COIN)).succeeded()).isTrue();
  }

  @Test
  void a_revert_is_named_with_its_place() {
    Receipt deployment = transactions.deploy(DevWallet.funded(0), CompiledContract.ACCOUNT_LEDGER);
    WalletAddress contract = deployment.created().orElseThrow();
    Hash sent = transactions.send(DevWallet.funded(1), Call.payment(contract, COIN));
    assertThatThrownBy(() -> transactions.await(sent)).isInstanceOf(ContractReverted.class)
        .hasMessage("DirectPayment() in transaction " + sent + " of block 2");
    assertThat(transactions.awaitMined(sent).succeeded()).isFalse();
    Hash unknown = transactions.send(DevWallet.funded(1), new Call(contract, Neuron.ZERO, "0x12345678"));
    assertThatThrownBy(() -> transactions.await(unknown)).hasMessageContaining("reverted without a reason");
  }

  @Test
  void the_signed_form_of_a_transaction_is_readable() {
    Hash sent = transactions.send(DevWallet.funded(0), Call.payment(PAYEE, COIN));
    transactions.await(sent);
    assertThat(transactions.signed(sent)).startsWith("0x02");
    Hash none = Hash.parse("0x" + "0".repeat(64));
    assertThatIllegalArgumentException().isThrownBy(() -> transactions.signed(none));
  }
}
