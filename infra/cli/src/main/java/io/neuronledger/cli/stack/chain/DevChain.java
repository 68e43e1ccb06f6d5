package io.neuronledger.cli.stack.chain;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilOptions;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import io.neuronledger.testkit.servers.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;

/** A dev chain with AccountLedger on it. With a folder it resumes where it stopped, contract and clock included. */
public final class DevChain implements AutoCloseable {
  private static final String STATE = "anvil.json";
  private static final String CONTRACT = "contract.properties";
  private static final String PID = "anvil.pid";
  /** The part of the chain that a crash of the machine can lose; a graceful shutdown loses nothing. */
  private static final Duration STATE_INTERVAL = Duration.ofSeconds(2);

  /** More would take too much memory on a long-running chain: each state holds the hashes of all blocks. */
  public static final int STATES_KEPT = 32;

  private final Anvil node;
  private final AccountLedgerContract contract;
  private final boolean fresh;
  private final Optional<FolderLock> lock;

  private DevChain(Anvil node, AccountLedgerContract contract, boolean fresh, Optional<FolderLock> lock) {
    this.node = node;
    this.contract = contract;
    this.fresh = fresh;
    this.lock = lock;
  }

  /**
   * Locks the folder until the node stops; first ends the node that a killed process left running there.
   *
   * @param port the node's port on 127.0.0.1; 0 for a free one
   * @param genesisTime the time of block 0 of a new chain; the current time when absent
   * @throws io.neuronledger.testkit.servers.FolderInUse if another holder has the folder
   */
  public static DevChain start(Optional<Path> folder, int port, Optional<Instant> genesisTime) {
    AnvilOptions options = AnvilOptions.defaults().withPort(port);
    if (folder.isEmpty()) {
      Anvil node = Anvil.start(genesisTime.map(options::withGenesisTime).orElse(options));
      return new DevChain(node, deploy(node), true, Optional.empty());
    }
    FolderLock lock = FolderLock.beside(folder.get());
    try {
      // The node would begin a chain that it finds at that time again, and mine blocks earlier than their parents.
      boolean begun = Files.exists(folder.get().resolve(STATE));
      return startIn(folder.get(), genesisTime.filter(_ -> !begun).map(options::withGenesisTime).orElse(options), lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static DevChain startIn(Path folder, AnvilOptions options, FolderLock lock) {
    try {
      Files.createDirectories(folder);
      OrphanedProcess.end(folder.resolve(PID));
      Anvil node = Anvil.start(options.withState(folder.resolve(STATE)).withStateInterval(STATE_INTERVAL)
          .withStatesKept(STATES_KEPT));
      OrphanedProcess.store(node.pid(), folder.resolve(PID));
      Path description = folder.resolve(CONTRACT);
      if (Files.exists(description)) {
        moveClockTo(node.control().head().time(), node);
        return new DevChain(node, read(node, description), false, Optional.of(lock));
      }
      AccountLedgerContract contract = deploy(node);
      write(contract, description);
      return new DevChain(node, contract, true, Optional.of(lock));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + folder, e);
    }
  }

  /**
   * A state file keeps the blocks but not the moved clock: the next block would be earlier than its parent.
   */
  private static void moveClockTo(Instant head, Anvil node) {
    Duration ahead = Duration.between(InstantSource.system().instant(), head);
    if (ahead.isPositive()) {
      node.control().increaseTime(ahead.plusSeconds(1));
    }
  }

  private static AccountLedgerContract deploy(Anvil node) {
    return AccountLedgerContract.deployWithServices(node.rpcUrl(), DevWallet.funded(0));
  }

  private static AccountLedgerContract read(Anvil node, Path description) throws IOException {
    Properties values = new Properties();
    try (var in = Files.newBufferedReader(description)) {
      values.load(in);
    }
    return AccountLedgerContract.at(new Transactions(new JsonRpc(node.rpcUrl())),
        WalletAddress.parse(values.getProperty("address", "")),
        Long.parseLong(values.getProperty("start-block", "")));
  }

  private static void write(AccountLedgerContract contract, Path description) throws IOException {
    Properties values = new Properties();
    values.setProperty("address", contract.address().toString());
    values.setProperty("start-block", String.valueOf(contract.startBlock()));
    try (var out = Files.newBufferedWriter(description)) {
      values.store(out, "AccountLedger on this folder's dev chain");
    }
  }

  public Anvil node() {
    return node;
  }

  public AccountLedgerContract contract() {
    return contract;
  }

  /** Whether the chain has no transactions but the deployment. */
  public boolean fresh() {
    return fresh;
  }

  /** The chain source for the indexer. */
  public ChainSource.Given asSource() {
    return new ChainSource.AccountLedgerOnDevChain(node.rpcUrl(), Optional.of(node.wsUrl()), contract.address(),
        contract.startBlock());
  }

  @Override
  public void close() {
    node.close();
    lock.ifPresent(FolderLock::close);
  }
}
