package io.neuronledger.wallet.option;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.WalletKey;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where the wallet's key is. Never an option's value: a command line is visible to others and is stored. */
public final class KeyOptions {
  private static final String KEYSTORE = "NEURON_LEDGER_KEYSTORE";
  private static final String PASSWORD = "NEURON_LEDGER_KEYSTORE_PASSWORD";
  private static final String KEY = "NEURON_LEDGER_PRIVATE_KEY";

  @Option(names = "--keystore", paramLabel = "FILE", description = "the wallet's keystore file (version 3); or "
      + KEYSTORE + "; without a file the key is in " + KEY + ". A key is never an option, never stored, never printed")
  private Optional<Path> keystore = Optional.empty();

  @Option(names = "--password-file", paramLabel = "FILE", description = "the keystore's password, in a file; or "
      + PASSWORD + ". Else it is asked for")
  private Optional<Path> passwordFile = Optional.empty();

  private final Surroundings surroundings;
  private Optional<WalletKey> opened = Optional.empty();

  public KeyOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The wallet's address, without opening its key where the keystore names it; empty without a key. */
  public Optional<WalletAddress> address() {
    Optional<WalletAddress> named = keystore().flatMap(KeyOptions::named);
    return named.isPresent() ? named : key().map(WalletKey::address);
  }

  /** The key, opened once; empty without any. */
  public Optional<WalletKey> key() {
    if (opened.isEmpty()) {
      opened = keystore().map(file -> WalletKey.ofKeystore(file, password(file)))
          .or(() -> surroundings.environment().apply(KEY).map(WalletKey::ofHex));
    }
    return opened;
  }

  private Optional<Path> keystore() {
    return keystore.or(() -> surroundings.environment().apply(KEYSTORE).map(Path::of));
  }

  private String password(Path file) {
    if (passwordFile.isPresent()) {
      return firstLine(passwordFile.get());
    }
    return surroundings.environment().apply(PASSWORD)
        .or(() -> surroundings.password().apply("Password of " + file + ": "))
        .orElseThrow(() -> CommandFailure.refused("There is no terminal to ask for the password of " + file
            + ": give it with --password-file or " + PASSWORD + "."));
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw CommandFailure.refused("The file " + file + " cannot be read.");
    }
  }

  private static Optional<WalletAddress> named(Path file) {
    try {
      String address = JsonMapper.shared().readTree(Files.readString(file)).path("address").asString("");
      return address.isEmpty() ? Optional.empty()
          : Optional.of(WalletAddress.typed(address.startsWith("0x") ? address : "0x" + address));
    } catch (IOException e) {
      throw CommandFailure.refused("There is no keystore file " + file + " that can be read.");
    } catch (JacksonException | IllegalArgumentException e) {
      throw CommandFailure.refused("The file " + file + " is no keystore of version 3.");
    }
  }
}
