package io.neuronledger.cli.play;

import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.wallet.WalletCli;
import io.neuronledger.wallet.option.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of a wallet on the played stack, with its key in a keystore file. */
public final class WalletCommands {
  private static final String PASSWORD = "correct horse";
  /** The words of {@code ./ledger wallet}. */
  private static final int LEDGER_WALLET = 2;

  private final Path data;
  private final Path keystore;
  private final Path password;

  /** What a command has printed, and its exit code. */
  public record Answer(int exitCode, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  /** @param folder of the running stack, with its folder {@code data} */
  public WalletCommands(Path folder, DevWallet wallet) {
    this.data = folder.resolve("data");
    this.keystore = folder.resolve(wallet + ".json");
    this.password = folder.resolve(wallet + ".password");
    try {
      Files.writeString(keystore, com.fasterxml.jackson.databind.json.JsonMapper.builder().build()
          .writeValueAsString(Wallet.createLight(PASSWORD, wallet.credentials().getEcKeyPair())));
      Files.writeString(password, PASSWORD + "\n");
    } catch (IOException | CipherException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command with the wallet's keystore, nobody being there to answer a question. */
  public Answer run(String... words) {
    return run(Optional.empty(), words);
  }

  /** @param typed the answer to the question whether to send */
  public Answer run(Optional<String> typed, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = run(typed, out, err, Stream.of(words));
    return new Answer(exitCode, out.toString(), err.toString());
  }

  /** Runs a command of a document, and returns what a terminal shows. */
  String shown(String command) {
    StringWriter terminal = new StringWriter();
    run(Optional.empty(), terminal, terminal,
        Stream.of(command.replace("\\\n", " ").strip().split("\\s+")).skip(LEDGER_WALLET));
    return terminal.toString();
  }

  private int run(Optional<String> typed, StringWriter out, StringWriter err, Stream<String> words) {
    Map<String, String> environment = Map.of("NEURON_LEDGER_KEYSTORE", keystore.toString());
    Surroundings surroundings = new Surroundings(name -> Optional.ofNullable(environment.get(name)),
        InstantSource.system(), WalletCommands::pause, prompt -> Optional.empty(), prompt -> typed);
    return WalletCli.commandLine(surroundings).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
        .execute(Stream.concat(words, Stream.of("--data", data.toString(), "--password-file", password.toString()))
            .toArray(String[]::new));
  }

  /** The stack has a thread's time meanwhile. */
  private static void pause(Duration wait) {
    Awaitility.await().pollDelay(wait).until(() -> true);
  }
}
