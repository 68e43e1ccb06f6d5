package io.neuronledger.wallet.option;

import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The data folder of a stack that runs on this machine: its addresses, and a credential that reads. */
final class StackFolder {
  private static final String ADDRESSES = "addresses.properties";
  private static final String HEADER = "development.header";

  private final Optional<Path> folder;

  /** @param folder empty for no stack */
  StackFolder(Optional<Path> folder) {
    this.folder = folder;
  }

  /** An address of the running stack, by its name in the file; empty where no stack runs. */
  Optional<String> address(String name) {
    return readable(ADDRESSES).flatMap(file -> value(file, name));
  }

  private static Optional<String> value(Path file, String name) {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (IOException e) {
      throw CommandFailure.failed("The file " + file + " cannot be read.", e);
    }
    return Optional.ofNullable(values.getProperty(name)).filter(value -> !value.isEmpty());
  }

  /** The file with the header that reads; empty where there is none. */
  Optional<Path> header() {
    return readable(HEADER);
  }

  /** Empty where no folder was named. */
  Optional<Path> folder() {
    return folder;
  }

  private Optional<Path> readable(String name) {
    return folder.map(each -> each.resolve(name)).filter(Files::isReadable);
  }
}
