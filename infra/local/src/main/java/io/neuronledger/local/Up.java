package io.neuronledger.local;

import io.neuronledger.infra.servers.KafkaBroker;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.demo.Play;
import io.neuronledger.local.stack.ChainSource;
import io.neuronledger.local.stack.DataDisk;
import io.neuronledger.local.stack.DevChain;
import io.neuronledger.local.stack.Stack;
import io.neuronledger.local.stack.StackOptions;
import io.neuronledger.local.stack.StartObserver;
import java.io.PrintWriter;
import java.io.Serial;
import java.nio.file.Path;
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
@Command(name = "up", description = "Starts the whole stack and keeps it running until Ctrl-C. What it knows is kept "
    + "in a folder: started again, it goes on where it stopped. Without --rpc-url it brings a dev chain of its own, "
    + "which is kept too; its node knows the state of the last " + DevChain.STATES_KEPT + " blocks, so check --block "
    + "and forks of the chain reach as far back. Where everything listens is in addresses.properties in the folder. "
    + "It ends by itself (exit code 1) when the disk of the folder is full. Stops and recoveries of following the chain are printed. A "
    + "folder has one stack at a time: for a folder or a port in use the exit code is 2 and nothing is touched. For "
    + "a node of another chain, an address without code, or a contract of another family it is 2 as well, and "
    + "nothing of it is followed.")
final class Up implements Callable<Integer> {
  private static final int MIB_BITS = 20;
  private static final long LOOK_EVERY_MS = 1_000;
  private static final long CHILD_DEADLINE_S = 30;

  @Option(names = "--data", paramLabel = "DIR", description = "where everything is kept (default: .ledger/data)")
  private Path data = defaultData();

  @Mixin
  private PortOptions listening = new PortOptions();

  @Mixin
  private ChainOptions chain = new ChainOptions();

  @Option(names = "--play", description = "play the demonstration on a new dev chain, so that there is something to "
      + "ask for: accounts, usage and settlements")
  private boolean play;

  @Option(names = "--free-min", paramLabel = "MIB", defaultValue = "64",
      description = "stop in order when the disk of the folder has less free; a file in the folder holds as "
          + "much again for that stop (default: ${DEFAULT-VALUE})")
  private int freeMin;

  @Spec
  private CommandSpec command = CommandSpec.create();

  static Path defaultData() {
    return Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "data");
  }

  @Override
  public Integer call() throws InterruptedException {
    if (freeMin < 0) {
      throw wrong("--free-min must be 0 or more, not " + freeMin);
    }
    StackOptions options =
        new StackOptions(Optional.of(data.toAbsolutePath()), source(), listening.ports(), Map.of());
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch asked = new CountDownLatch(1);
    DataDisk disk = new DataDisk(data.toAbsolutePath(), (long) freeMin << MIB_BITS);
    KafkaBroker.beforeHalt(() -> endAtOnce(disk));
    Optional<String> shortage;
    try (Stack stack = Stack.start(options, new Start(options, asked, disk, out))) {
      if (play) {
        Play.on(stack);
      }
      print(stack, out);
      shortage = awaitStop(asked, disk, stack.api(), out);
    } catch (StoppedEarly e) {
      print(out, "Stopped before it was ready; the next start goes on from here.");
      return 1;
    }
    return ended(shortage);
  }

  /**
   * Looks at the disk, and whether the chain is being followed.
   *
   * @return why it stops without being asked
   */
  private static Optional<String> awaitStop(CountDownLatch asked, DataDisk disk, LedgerApi ledger, PrintWriter out)
      throws InterruptedException {
    FollowingNotices notices = new FollowingNotices();
    Optional<String> shortage = Optional.empty();
    while (shortage.isEmpty() && !asked.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
      shortage = disk.shortage();
      notices.next(ledger).ifPresent(notice -> print(out, notice));
    }
    shortage.ifPresent(_ -> disk.giveBack());
    return shortage;
  }

  /** Kafka's broker ends the process, and nothing is closed: the children are ended, and the reason is printed. */
  private void endAtOnce(DataDisk disk) {
    Optional<String> shortage = disk.shortage();
    disk.giveBack();
    PostgresServer.endWithItsClients(Stack.postgresIn(disk.folder()));
    List<ProcessHandle> children = ProcessHandle.current().descendants().filter(ProcessHandle::destroy).toList();
    children.forEach(child -> child.onExit().completeOnTimeout(child, CHILD_DEADLINE_S, TimeUnit.SECONDS).join());
    print(command.commandLine().getErr(), "ledger: Kafka's broker ended the process at once"
        + shortage.map(why -> ", because " + why + ". Nothing is lost: free some space and start again.")
            .orElse("; the log has its reason."));
  }

  private int ended(Optional<String> shortage) {
    if (shortage.isEmpty()) {
      print(command.commandLine().getOut(), "Stopped.");
      return 0;
    }
    print(command.commandLine().getErr(), "ledger: stopped in order, because " + shortage.get()
        + ". Nothing is lost: free some space and start again.");
    return 1;
  }

  /** What happens while it starts: the port and the disk are looked at, and a signal ends it at the next step. */
  private final class Start implements StartObserver {
    private final StackOptions options;
    private final CountDownLatch asked;
    private final DataDisk disk;
    private final PrintWriter out;

    Start(StackOptions options, CountDownLatch asked, DataDisk disk, PrintWriter out) {
      this.options = options;
      this.asked = asked;
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
        asked.countDown();
      });
      print(out, "Starting; everything is kept in " + data.toAbsolutePath());
    }

    @Override
    public void next() {
      if (asked.getCount() == 0) {
        throw new StoppedEarly();
      }
    }
  }

  /** A signal has come before everything was started. */
  private static final class StoppedEarly extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private ChainSource source() {
    ChainSource source = chain.source();
    if (play && !(source instanceof ChainSource.OwnDevChain)) {
      throw wrong("--play needs the dev chain of this stack, not one of yours");
    }
    return source;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static void print(Stack stack, PrintWriter out) {
    stack.devChain().ifPresent(chain -> out.printf("  dev chain       %s  (AccountLedger %s)%n",
        chain.node().rpcUrl(), chain.contract().address()));
    out.printf("  ledger-query    %s  (the API)%n", stack.query().url());
    out.printf("  ledger-command  %s%n", stack.command().url());
    out.printf("  chain-indexer   %s%n", stack.indexer().url());
    out.printf("  Kafka           %s%n", stack.bootstrapServers());
    out.printf("  PostgreSQL      127.0.0.1:%d  (databases ledger_command, ledger_query)%n", stack.postgres().port());
    out.println("Ready. Ctrl-C stops it.");
    out.flush();
  }
}
