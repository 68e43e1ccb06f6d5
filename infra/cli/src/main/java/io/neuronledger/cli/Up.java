package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.cli.stack.DataDisk;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.StartObserver;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.cli.stack.secret.DevelopmentKey;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import java.io.PrintWriter;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ledger up}. */
@Command(name = "up", description = "Starts the whole stack and keeps it running until Ctrl-C. Its data is kept in "
    + "a folder: the next start resumes from it. Without --rpc-url the stack has a dev chain of its own, which is "
    + "kept too; its node keeps the state of the last " + DevChain.STATES_KEPT + " blocks, the limit for check "
    + "--block and for forks. The file addresses.properties in the folder holds all addresses. The stack ends by "
    + "itself (exit code 1) when the disk of the folder is full. It prints when following the chain stops and "
    + "recovers. A folder has one stack at a time: for a folder or a port in use the exit code is 2 and nothing is "
    + "changed. For a node of another chain, an address without code, or a contract of another family it is 2 as "
    + "well, and the contract is not followed.")
final class Up implements Callable<Integer> {
  private static final int MIB_BITS = 20;
  private static final long POLL_MS = 1_000;
  private static final long CHILD_DEADLINE_S = 30;
  /** Of the printed code: it is there to be used on the day. */
  private static final Duration CODE_VALIDITY = Duration.ofHours(24);

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of all data (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Mixin
  private PortOptions ports = new PortOptions();

  @Mixin
  private ChainOptions chain = new ChainOptions();

  @Option(names = "--play", description = "play the demonstration on a new dev chain, to have data to query: "
      + "accounts of last month, usage and settlements of today, and one request that its provider has not reported; "
      + "prints a key to report it")
  private boolean play;

  @Option(names = "--free-min", paramLabel = "MIB", defaultValue = "64",
      description = "shut down when the disk of the folder has less free space; a file in the folder reserves "
          + "the same amount for the shutdown (default: ${DEFAULT-VALUE})")
  private int freeMin;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Instant now = InstantSource.system().instant();
    if (freeMin < 0) {
      throw wrong("--free-min must be 0 or more, not " + freeMin);
    }
    StackOptions options =
        new StackOptions(Optional.of(data.toAbsolutePath()), source(now), ports.ports(), Map.of(), true);
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch stopRequested = new CountDownLatch(1);
    DataDisk disk = new DataDisk(data.toAbsolutePath(), (long) freeMin << MIB_BITS);
    KafkaBroker.beforeHalt(() -> beforeHalt(disk));
    Optional<String> shortage;
    try (Stack stack = Stack.start(options, new Start(options, stopRequested, disk, out))) {
      if (play) {
        Play.on(stack, now);
      }
      print(stack, play ? stack.developmentKey(Play.provider()) : Optional.empty(), out);
      shortage = awaitStop(stopRequested, disk, stack.api(), out);
    } catch (StoppedEarly e) {
      print(out, "Stopped before it was ready; the next start resumes from here.");
      return 1;
    }
    return ended(shortage);
  }

  /**
   * Watches the disk and the state of following the chain.
   *
   * @return the disk shortage that stops the stack; empty after a request to stop
   */
  private static Optional<String> awaitStop(CountDownLatch stopRequested, DataDisk disk, LedgerApi ledger,
      PrintWriter out) throws InterruptedException {
    FollowingNotices notices = new FollowingNotices();
    Optional<String> shortage = Optional.empty();
    while (shortage.isEmpty() && !stopRequested.await(POLL_MS, TimeUnit.MILLISECONDS)) {
      shortage = disk.shortage();
      notices.next(ledger).ifPresent(notice -> print(out, notice));
    }
    shortage.ifPresent(_ -> disk.release());
    return shortage;
  }

  /** Kafka's broker halts the process without closing anything: ends the child processes and prints the reason. */
  private void beforeHalt(DataDisk disk) {
    Optional<String> shortage = disk.shortage();
    disk.release();
    PostgresServer.stopAfterLastClient(Stack.postgresIn(disk.folder()));
    List<ProcessHandle> children = ProcessHandle.current().descendants().filter(ProcessHandle::destroy).toList();
    children.forEach(child -> child.onExit().completeOnTimeout(child, CHILD_DEADLINE_S, TimeUnit.SECONDS).join());
    print(command.commandLine().getErr(), "ledger: Kafka's broker halted the process"
        + shortage.map(why -> ", because " + why + ". No data is lost: free some space and start again.")
            .orElse("; the log has the reason."));
  }

  private int ended(Optional<String> shortage) {
    if (shortage.isEmpty()) {
      print(command.commandLine().getOut(), "Stopped.");
      return 0;
    }
    print(command.commandLine().getErr(), "ledger: shut down, because " + shortage.get()
        + ". No data is lost: free some space and start again.");
    return 1;
  }

  /** Checks ports and disk before the start; a signal stops the start at the next step. */
  private final class Start implements StartObserver {
    private final StackOptions options;
    private final CountDownLatch stopRequested;
    private final DataDisk disk;
    private final PrintWriter out;

    Start(StackOptions options, CountDownLatch stopRequested, DataDisk disk, PrintWriter out) {
      this.options = options;
      this.stopRequested = stopRequested;
      this.disk = disk;
      this.out = out;
    }

    @Override
    public void locked() {
      PortOptions.requireFree(options.ports(), options.chain() instanceof ChainSource.OwnDevChain);
      disk.reserve().ifPresent(shortage -> {
        throw new IllegalStateException(shortage);
      });
      StopSignal.handle(() -> {
        print(out, "Stopping ...");
        stopRequested.countDown();
      });
      print(out, "Starting; all data is kept in " + data.toAbsolutePath());
    }

    @Override
    public void next() {
      if (stopRequested.getCount() == 0) {
        throw new StoppedEarly();
      }
    }
  }

  /** A signal arrived before the start was complete. */
  private static final class StoppedEarly extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private ChainSource source(Instant now) {
    ChainSource source = chain.source();
    if (!play) {
      return source;
    }
    if (!(source instanceof ChainSource.OwnDevChain)) {
      throw wrong("--play needs the dev chain of this stack, not one of yours");
    }
    return new ChainSource.OwnDevChain(Optional.of(Play.genesisTime(now)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static void print(Stack stack, Optional<DevelopmentKey> providerKey, PrintWriter out) {
    stack.devChain().ifPresent(chain -> out.printf("  dev chain       %s  (AccountLedger %s)%n",
        chain.node().rpcUrl(), chain.contract().address()));
    stack.dashboard().ifPresent(dashboard -> out.printf("  dashboard       %s%n", dashboard.page()));
    stack.signInCode(IssuerClient.OPERATOR, CODE_VALIDITY).ifPresent(code -> {
      out.printf("  sign-in code    %s  (for the dashboard, once, as operator)%n", code);
      out.println("                  ./ledger token --code [--as preparer]  (another one)");
    });
    out.printf("  ledger-query    %s  (the API)%n", stack.query().url());
    out.printf("  ledger-command  %s%n", stack.command().url());
    out.printf("  chain-indexer   %s%n", stack.indexer().url());
    stack.issuer().ifPresent(issuer -> {
      out.printf("  issuer          %s%n", issuer.url());
      out.println("                  ./ledger token, --as preparer, --as approver  (operator, two persons of finance)");
    });
    out.printf("  Kafka           %s%n", stack.kafka().bootstrapServers());
    stack.clientFile().ifPresent(file -> out.printf("                  %s  (a subscriber's client)%n", file));
    out.printf("  PostgreSQL      127.0.0.1:%d  (databases ledger_command, ledger_query)%n", stack.postgres().port());
    stack.developmentKey().ifPresent(key -> {
      out.printf("  development key %s  (reads all ledgers, reports and metrics)%n", key.secret());
      out.printf("                  curl -s -H @%s %s/v1/status%n", key.header(), stack.query().url());
    });
    providerKey.ifPresent(key -> {
      out.printf("  provider's key  %s  (reports usage of %s)%n", key.secret(), Play.provider().checksummed());
      out.printf("                  curl -s -H @%s -H 'Content-Type: application/json' -d @FILE %s/v1/usage%n",
          key.header(), stack.command().url());
    });
    stack.signIn().ifPresent(wallets -> out.printf("  wallets         POST %s/v1/sign-in/nonces, then /v1/sign-in  "
        + "(EIP-4361, chain %d)%n", wallets.url(), wallets.chainId()));
    out.println("Ready. Ctrl-C stops it.");
    out.flush();
  }
}
