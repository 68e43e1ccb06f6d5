package io.neuronledger.testkit.devchain;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.AnvilControl.Replay;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.ContractState;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForkIT {
  private static final DevWallet OWNER = DevWallet.funded(0);
  private static final DevWallet PROVIDER = DevWallet.funded(1);

  private final Anvil node = Anvil.start();
  private final AnvilControl control = node.control();
  private final AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), OWNER);
  private final Transactions transactions = contract.transactions();

  @BeforeEach
  void ten_zero_g() {
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
  }

  @AfterEach
  void end() {
    node.close();
  }

  @Test
  void replaced_blocks_differ_and_dropped_transactions_are_gone() {
    BlockHeader fork = control.head();
    Hash kept = transfer("2");
    Hash dropped = transfer("3");
    List<BlockHeader> old = blocksAbove(fork);

    control.reorg(2, List.of(new Replay(transactions.signed(kept), 1)));
    transactions.forgetNonces();

    List<BlockHeader> replaced = blocksAbove(fork);
    assertThat(replaced).hasSize(2).extracting(BlockHeader::hash)
        .doesNotContainAnyElementsOf(old.stream().map(BlockHeader::hash).toList());
    assertThat(replaced.getFirst().parent()).isEqualTo(fork.hash());
    assertThat(replaced.getFirst().transactions()).isEmpty();
    assertThat(replaced.getLast().transactions()).containsExactly(kept);
    assertThat(node.rpc().call("eth_getTransactionReceipt", dropped.toString()).isNull()).isTrue();
    assertThat(balance(BlockRef.latest())).isEqualTo(Neuron.ofZeroG("2"));
    Receipt next = contract.await(transfer("1"));
    assertThat(next.block()).isEqualTo(fork.number() + 3);
    assertThat(balance(BlockRef.latest())).isEqualTo(Neuron.ofZeroG("3"));
  }

  @Test
  void the_same_transactions_still_produce_another_block() {
    BlockHeader fork = control.head();
    Hash sent = transfer("2");
    BlockHeader old = control.head();
    control.setNextBlockTime(old.time());
    control.reorg(1, List.of(new Replay(transactions.signed(sent), 0)));
    BlockHeader replaced = control.head();
    assertThat(replaced.number()).isEqualTo(old.number());
    assertThat(replaced.parent()).isEqualTo(fork.hash());
    assertThat(replaced.transactions()).containsExactly(sent);
    assertThat(replaced.hash()).isNotEqualTo(old.hash());
  }

  @Test
  void a_rolled_back_head_goes_backwards() {
    BlockHeader fork = control.head();
    transfer("2");
    BlockHeader old = control.head();
    control.rollback(1);
    transactions.forgetNonces();
    assertThat(control.head()).isEqualTo(fork);
    transfer("2");
    assertThat(control.head().number()).isEqualTo(old.number());
    assertThat(control.head().hash()).isNotEqualTo(old.hash());
  }

  @Test
  void a_rollback_drops_pending_transactions() {
    BlockHeader fork = control.head();
    transfer("2");
    control.setAutomine(false);
    contract.transfer(OWNER, PROVIDER.address(), INFERENCE, Neuron.ofZeroG("3"));
    control.rollback(1);
    transactions.forgetNonces();
    control.mine();
    assertThat(control.head().number()).isEqualTo(fork.number() + 1);
    assertThat(control.head().transactions()).isEmpty();
    Hash next = contract.deposit(OWNER, Neuron.ofZeroG("1"));
    control.mine();
    assertThat(contract.await(next).block()).isEqualTo(fork.number() + 2);
  }

  @Test
  void a_snapshot_restores_everything() {
    ContractState before = contract.views().everything(BlockRef.latest());
    String snapshot = control.snapshot();
    transfer("2");
    assertThat(contract.views().everything(BlockRef.latest())).isNotEqualTo(before);
    control.revert(snapshot);
    transactions.forgetNonces();
    assertThat(contract.views().everything(BlockRef.latest())).isEqualTo(before);
  }

  @Test
  void a_deep_fork_on_a_long_chain_keeps_the_contract() {
    control.mine(1_500);
    control.reorg(1_200, List.of());
    transactions.forgetNonces();
    assertThat(contract.views().everything(BlockRef.latest()).total()).isEqualTo(Neuron.ofZeroG("10"));
    transfer("2");
    assertThat(balance(BlockRef.latest())).isEqualTo(Neuron.ofZeroG("2"));
  }

  private Hash transfer(String amount) {
    Hash sent = contract.transfer(OWNER, PROVIDER.address(), INFERENCE, Neuron.ofZeroG(amount));
    contract.await(sent);
    return sent;
  }

  private Neuron balance(BlockRef block) {
    return contract.views().subAccountsOf(OWNER.address(), block).getFirst().balance();
  }

  private List<BlockHeader> blocksAbove(BlockHeader fork) {
    return LongStream.rangeClosed(fork.number() + 1, control.head().number())
        .mapToObj(each -> control.block(BlockRef.number(each))).toList();
  }
}
