package io.neuronledger.indexer.follow.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Starts with another chain or contract than the configured one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartCheckIT {
  private static final long ANVILS_CHAIN = 31_337;

  private final Anvil anvil = Anvil.start();
  private WalletAddress contract = WalletAddress.ZERO;

  @BeforeAll
  void deploy() {
    contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), DevWallet.funded(0)).address();
  }

  @AfterAll
  void stop() {
    anvil.close();
  }

  @Test
  void the_contract_is_recognised() {
    assertThatCode(() -> check(ANVILS_CHAIN, new AccountLedgerFamily(contract), contract, anvil.rpcUrl()))
        .doesNotThrowAnyException();
    try (TraceNode node = zeroG()) {
      assertThatCode(() -> StartCheck.refuseUnfit(NodeClient.nodes(node.url()),
          setup(Optional.empty(), family(Simulation.MANAGER), Simulation.MANAGER))).doesNotThrowAnyException();
    }
  }

  @Test
  void an_address_without_code_is_refused() {
    WalletAddress wallet = DevWallet.funded(3).address();
    assertThatThrownBy(() -> check(ANVILS_CHAIN, new AccountLedgerFamily(wallet), wallet, anvil.rpcUrl()))
        .isInstanceOf(FollowingHalted.class).hasMessageContaining("%s at block", wallet.checksummed())
        .hasMessageContaining("has no code");
  }

  @Test
  void a_contract_of_the_other_family_is_refused() {
    assertThatThrownBy(() -> check(ANVILS_CHAIN, family(contract), contract, anvil.rpcUrl()))
        .isInstanceOf(FollowingHalted.class).hasMessageContaining("is not a contract of the family 0g");
    try (TraceNode node = zeroG()) {
      assertThatThrownBy(() -> StartCheck.refuseUnfit(NodeClient.nodes(node.url()),
          setup(Optional.empty(), new AccountLedgerFamily(Simulation.MANAGER), Simulation.MANAGER)))
          .isInstanceOf(FollowingHalted.class).hasMessageContaining("is not a contract of the family account-ledger");
    }
  }

  @Test
  void another_chain_is_refused() {
    assertThatThrownBy(() -> check(16_661, new AccountLedgerFamily(contract), contract, anvil.rpcUrl()))
        .isInstanceOf(FollowingHalted.class).hasMessageContaining("follows the chain 31337, not 16661");
  }

  @Test
  void one_fit_node_of_several_is_enough_and_a_silent_one_may_be_fit() {
    try (TraceNode other = zeroG()) {
      assertThatCode(() ->
          check(ANVILS_CHAIN, new AccountLedgerFamily(contract), contract, other.url(), anvil.rpcUrl()))
          .doesNotThrowAnyException();
      assertThatCode(() ->
          check(ANVILS_CHAIN, new AccountLedgerFamily(contract), contract, other.url(), "http://127.0.0.1:1"))
          .doesNotThrowAnyException();
    }
  }

  private static void check(long chainId, ContractFamily family, WalletAddress address, String... urls) {
    StartCheck.refuseUnfit(NodeClient.nodes(urls), setup(Optional.of(chainId), family, address));
  }

  private static FollowSetup setup(Optional<Long> chainId, ContractFamily family, WalletAddress address) {
    return new FollowSetup(chainId, family, List.of(address), 0, 1);
  }

  private static ContractFamily family(WalletAddress manager) {
    return new ZeroGFamily(manager, new Implementations(Set.of(), true), Optional.empty());
  }

  private static TraceNode zeroG() {
    Simulation simulation = new Simulation(100);
    simulation.direct(Simulation.wallet(1), new Operation.Deposit(BigInteger.TEN.pow(19)));
    TraceNode node = TraceNode.start(simulation.trace(), TraceSwitches.ALL);
    node.advanceTo(node.last());
    return node;
  }
}
