package io.neuronledger.testkit.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.AccountLedgerViews;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.RpcException;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilIT {
  private static final DevWallet OWNER = DevWallet.funded(0);
  private static final AnvilOptions DEFAULTS = AnvilOptions.defaults();

  private final Path folder;

  AnvilIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void it_answers_once_started_and_ends_when_closed() {
    Anvil node = Anvil.start(DEFAULTS.withChainId(16_661));
    assertThat(node.rpc().call("eth_chainId").asString()).isEqualTo("0x4115");
    assertThat(node.isAlive()).isTrue();
    assertThat(node.log()).isEmptyFile();
    node.close();
    assertThat(node.isAlive()).isFalse();
    assertThat(node.log()).doesNotExist();
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> node.rpc().call("eth_chainId"))
        .withMessageContainingAll(node.rpcUrl(), "java.net.ConnectException");
    node.close();
  }

  @Test
  void nodes_use_separate_ports_and_a_port_in_use_is_refused() {
    try (Anvil one = Anvil.start(); Anvil two = Anvil.start()) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThatIllegalStateException().isThrownBy(() -> Anvil.start(DEFAULTS.withPort(one.port())))
          .withMessageContaining("port " + one.port() + " is taken");
      assertThat(one.isAlive()).isTrue();
    }
  }

  @Test
  void the_state_file_restores_the_chain_after_a_restart() {
    AnvilOptions options = DEFAULTS.withState(folder.resolve("state.json"));
    BlockHeader head;
    AccountLedgerContract contract;
    try (Anvil node = Anvil.start(options)) {
      contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), OWNER);
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
      head = node.control().head();
    }
    try (Anvil node = Anvil.start(options)) {
      assertThat(node.control().head()).isEqualTo(head);
      assertThat(node.control().block(BlockRef.number(contract.startBlock())).transactions()).hasSize(1);
      AccountLedgerViews views = new AccountLedgerViews(node.rpc(), contract.address());
      assertThat(views.everything(BlockRef.hash(head.hash())).total()).isEqualTo(Neuron.ofZeroG("10"));
      BlockRef past = BlockRef.number(head.number() - 1);
      assertThatExceptionOfType(RpcException.class).isThrownBy(() -> views.coins(past))
          .withMessageContaining("BlockOutOfRange");
    }
  }

  @Test
  void past_states_survive_a_restart_when_enabled() {
    AnvilOptions options = DEFAULTS.withState(folder.resolve("state.json")).withPastStates();
    AccountLedgerContract contract;
    try (Anvil node = Anvil.start(options)) {
      contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), OWNER);
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
      contract.await(contract.withdraw(OWNER, Neuron.ofZeroG("10")));
    }
    try (Anvil node = Anvil.start(options)) {
      AccountLedgerViews views = new AccountLedgerViews(node.rpc(), contract.address());
      long head = node.control().head().number();
      assertThat(views.everything(BlockRef.number(head)).ledgers()).isEmpty();
      assertThat(views.everything(BlockRef.number(head - 1)).total()).isEqualTo(Neuron.ofZeroG("10"));
    }
  }

  @Test
  void a_killed_node_loses_blocks_since_the_last_write() {
    AnvilOptions options = DEFAULTS.withState(folder.resolve("state.json"));
    try (Anvil node = Anvil.start(options)) {
      node.control().mine(3);
    }
    Anvil killed = Anvil.start(options);
    killed.control().mine(5);
    killed.kill();
    assertThat(killed.isAlive()).isFalse();
    try (Anvil node = Anvil.start(options)) {
      assertThat(node.control().head().number()).isEqualTo(3);
    }
  }

  @Test
  void a_damaged_state_file_is_an_error_that_names_it() throws IOException {
    Path state = folder.resolve("state.json");
    Files.writeString(state, "{\"block\":");
    assertThatIllegalStateException().isThrownBy(() -> Anvil.start(DEFAULTS.withState(state)))
        .withMessageContaining("anvil ended at once").withMessageContaining(state.toString());
  }

  @Test
  void a_state_is_written_to_a_named_file_or_not_at_all() {
    assertThatIllegalArgumentException().isThrownBy(DEFAULTS::withPastStates);
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withStateInterval(Duration.ofSeconds(1)));
  }

  @Test
  void it_mines_on_request_with_a_controlled_clock() {
    Instant genesis = Instant.parse("2026-01-01T00:00:00Z");
    try (Anvil node = Anvil.start(DEFAULTS.withMining(Mining.onRequest()).withGenesisTime(genesis))) {
      AnvilControl control = node.control();
      assertThat(control.head().time()).isEqualTo(genesis);
      Instant exactly = genesis.plus(Duration.ofDays(3));
      control.setNextBlockTime(exactly);
      control.mine();
      assertThat(control.head().time()).isEqualTo(exactly);
      control.mine(3, Duration.ofSeconds(10));
      assertThat(control.head().number()).isEqualTo(4);
      assertThat(Duration.between(exactly, control.head().time())).isBetween(Duration.ofSeconds(20),
          Duration.ofSeconds(40));
      Instant before = control.head().time();
      control.increaseTime(Duration.ofDays(1));
      control.mine();
      assertThat(control.head().time()).isAfterOrEqualTo(before.plus(Duration.ofDays(1)));
    }
  }

  @Test
  void blocks_can_have_an_exact_interval_or_share_a_second() {
    try (Anvil node = Anvil.start()) {
      AnvilControl control = node.control();
      Instant start = control.head().time();
      control.setBlockInterval(Duration.ofSeconds(7));
      control.mine(3);
      assertThat(control.head().time()).isEqualTo(start.plusSeconds(21));
      control.setNextBlockTime(start.plus(Duration.ofDays(2)));
      control.mine(2);
      assertThat(control.head().time()).isEqualTo(start.plus(Duration.ofDays(2)).plusSeconds(7));
      Instant same = control.head().time();
      control.setBlockInterval(Duration.ZERO);
      control.mine(2);
      assertThat(control.head().time()).isEqualTo(same);
    }
  }

  @Test
  void the_final_block_is_two_epochs_below_the_head() {
    try (Anvil node = Anvil.start(DEFAULTS.withSlotsInAnEpoch(4))) {
      node.control().mine(20);
      assertThat(node.control().block(new BlockRef.Tag("safe")).number()).isEqualTo(16);
      assertThat(node.control().block(new BlockRef.Tag("finalized")).number()).isEqualTo(12);
      assertThatIllegalArgumentException().isThrownBy(() -> node.control().block(BlockRef.number(21)));
    }
  }

  @Test
  void its_output_goes_to_the_given_log() throws IOException {
    Path log = folder.resolve("anvil.log");
    Files.writeString(log, "before\n");
    Anvil.start(DEFAULTS.withLog(log)).close();
    assertThat(log).content().startsWith("before\n");
  }
}
