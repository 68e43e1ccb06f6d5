package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.servers.JavaCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** {@code ./ledger up} as a separate process, so that it can be killed. */
public final class StackProcess implements AutoCloseable {
  private static final Pattern API = Pattern.compile("ledger-query\\s+(http://\\S+)");
  private static final Pattern KAFKA = Pattern.compile("Kafka\\s+(\\S+)");
  private static final Pattern DEV_CHAIN = Pattern.compile("dev chain\\s+(http://\\S+)");

  private static final int HEAP_MEGABYTES = 1024;

  /** The jar as {@code ./ledger} runs it; its manifest names the libraries. */
  private static final Path JAR = Path.of("target", "neuron-ledger-cli.jar").toAbsolutePath();

  /**
   * The classes of a stack, loaded and verified, a third of what a start costs. A JVM stores them from jars only, and
   * ignores the file once one of them has changed.
   */
  private static final Path CLASSES = JAR.resolveSibling("stack.jsa");
  private static final String NO_WARNINGS = "-Xlog:disable";

  private final Process process;
  private final Path output;
  private final Path data;

  private StackProcess(Process process, Path output, Path data) {
    this.process = process;
    this.output = output;
    this.data = data;
  }

  /** The options of a JVM for another program from the jar, with the stored classes of a stack. */
  public static List<String> jarWithStoredClasses() throws IOException {
    return Stream.concat(storedClasses().stream(), Stream.of("-cp", jar().toString())).toList();
  }

  /** The first test of all JVMs that needs them stores them, by a stack for nothing else; the others wait meanwhile. */
  private static synchronized List<String> storedClasses() throws IOException {
    try (FileChannel file = FileChannel.open(JAR.resolveSibling("stack.jsa.lock"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE); FileLock _ = file.lock()) {
      if (!Files.exists(CLASSES) || Files.getLastModifiedTime(CLASSES).compareTo(newestJar()) < 0) {
        storeClasses();
      }
    }
    return List.of("-XX:SharedArchiveFile=" + CLASSES, NO_WARNINGS);
  }

  private static FileTime newestJar() throws IOException {
    FileTime newest = Files.getLastModifiedTime(jar());
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(JAR.resolveSibling("lib"))) {
      for (Path library : libraries) {
        FileTime modified = Files.getLastModifiedTime(library);
        newest = modified.compareTo(newest) > 0 ? modified : newest;
      }
    }
    return newest;
  }

  /** At its end, with all that a play has loaded. */
  private static void storeClasses() throws IOException {
    Path folder = Files.createTempDirectory("stored-classes-");
    try (StackProcess stack =
        start(folder, Map.of(), List.of("-XX:ArchiveClassesAtExit=" + CLASSES, NO_WARNINGS), "--play")) {
      var _ = stack.awaitApi();
      if (stack.stop() != 0) {
        throw new IllegalStateException("a stack to store the classes of has failed: " + stack.output());
      }
    }
    FileSystemUtils.deleteRecursively(folder);
  }

  private static Path jar() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("build it first, by ./ledger test infra/cli: " + JAR);
    }
    return JAR;
  }

  /** Follows a contract on a chain that outlives the stack; does not wait. */
  static StackProcess start(Path folder, String rpcUrl, AccountLedgerContract contract) throws IOException {
    return start(folder, Map.of(), "--rpc-url", rpcUrl, "--contract", contract.address().toString(), "--start-block",
        String.valueOf(contract.startBlock()));
  }

  /** Starts on {@code folder/data}; does not wait. */
  static StackProcess start(Path folder, Map<String, String> environment, String... options) throws IOException {
    return start(folder, environment, storedClasses(), options);
  }

  private static StackProcess start(Path folder, Map<String, String> environment, List<String> flags,
      String... options) throws IOException {
    Path output = Files.createTempFile(folder, "up-", ".out");
    List<String> arguments = JavaCommand.shortLived(HEAP_MEGABYTES);
    arguments.addAll(flags);
    arguments.addAll(List.of("-Dneuron-ledger.home=" + folder, "-Dlogback.configurationFile=logback.xml", "-jar",
        jar().toString(), "up", "--data", folder.resolve("data").toString(), "--port", "0"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new StackProcess(builder.start(), output, folder.resolve("data"));
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the stack is ready. @return the URL of ledger-query */
  String awaitApi() {
    Awaitility.await().atMost(Duration.ofMinutes(5)).failFast("it ended: " + output, () -> !process.isAlive())
        .until(() -> output().contains("Ready."));
    return address(API);
  }

  /** Waits until the stack is ready. @return ledger-query, asked with the tokens of the stack's operator */
  LedgerApi awaitLedger() {
    return new LedgerApi(awaitApi(), StackAddresses.tokens(data));
  }

  /** Its Kafka; after {@link #awaitApi}. */
  BrokerAccess kafka() {
    return new BrokerAccess(address(KAFKA), Optional.of(Secrets.in(output.resolveSibling("data"))));
  }

  /** The URL of its dev chain's node; after {@link #awaitApi}. */
  String rpcUrl() {
    return address(DEV_CHAIN);
  }

  private String address(Pattern line) {
    Matcher found = line.matcher(output());
    if (!found.find()) {
      throw new IllegalStateException("the output has no match: " + line + " in " + output());
    }
    return found.group(1);
  }

  /** The output so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the process ends by itself. @return the exit code */
  int awaitEnd() {
    return process.onExit().join().exitValue();
  }

  /** Kills the process, like {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Stops the process, like Ctrl-C. @return the exit code */
  int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
