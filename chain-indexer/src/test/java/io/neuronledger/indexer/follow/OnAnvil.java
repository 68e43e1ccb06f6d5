package io.neuronledger.indexer.follow;

import static org.awaitility.Awaitility.await;

import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real node with the contract on it, fresh for each test, and an indexer's options to follow it. */
abstract class OnAnvil {
  static final DevWallet OPERATOR = DevWallet.funded(0);
  static final DevWallet OWNER = DevWallet.funded(1);
  static final DevWallet OTHER = DevWallet.funded(2);
  static final DevWallet PROVIDER = DevWallet.funded(3);

  Anvil anvil;
  AccountLedgerContract contract;
  Indexer.Options options;

  @BeforeEach
  void deploy() {
    anvil = Anvil.start();
    contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), OPERATOR);
    options = new Indexer.Options(anvil.rpcUrl(), contract.address(), contract.startBlock());
  }

  @AfterEach
  void stop() {
    anvil.close();
  }

  /** Waits until every partition has sealed the head that the node has now, with that hash. */
  void awaitHead(Published published) {
    BlockHeader head = anvil.control().head();
    await().atMost(ScriptedScene.PATIENCE).until(() -> published.refresh().newest() >= head.number()
        && published.endsWith(head.hash()));
  }
}
