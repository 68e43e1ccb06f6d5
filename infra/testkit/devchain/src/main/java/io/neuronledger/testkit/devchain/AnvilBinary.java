package io.neuronledger.testkit.devchain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds anvil's native binary in the npm package of this platform. */
final class AnvilBinary {
  static final String HOME_PROPERTY = "neuron-ledger.devchain.home";
  static final String HOME_VARIABLE = "NEURON_LEDGER_DEVCHAIN_HOME";

  private static final Map<String, String> SYSTEMS = Map.of("linux", "linux", "mac os x", "darwin");
  private static final Map<String, String> PROCESSORS =
      Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64");

  private AnvilBinary() {}

  /** @throws IllegalStateException when the binary is not installed; the message names the command to run */
  static Path find() {
    Optional<String> given = Optional.ofNullable(System.getProperty(HOME_PROPERTY))
        .or(() -> Optional.ofNullable(System.getenv(HOME_VARIABLE)));
    Path binary = given.map(Path::of).or(() -> homeAbove(Path.of("").toAbsolutePath()))
        .map(home -> home.resolve(packagePath(System.getProperty("os.name"), System.getProperty("os.arch"))))
        .orElseThrow(() -> new IllegalStateException("no infra/testkit/devchain at or above "
            + Path.of("").toAbsolutePath() + ": set " + HOME_VARIABLE + " to that folder of the project"));
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException("the dev node is not installed: no " + binary
          + ". Run infra/npm-install.sh infra/testkit/devchain 20.0 (needs Node.js 20 and npm)");
    }
    return binary;
  }

  /** The first {@code infra/testkit/devchain} at or above a folder. */
  static Optional<Path> homeAbove(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      Path home = at.resolve("infra/testkit/devchain");
      if (Files.isRegularFile(home.resolve("package-lock.json"))) {
        return Optional.of(home);
      }
    }
    return Optional.empty();
  }

  /** @throws IllegalStateException for a platform without a package */
  static Path packagePath(String system, String processor) {
    String os = SYSTEMS.get(system.toLowerCase(Locale.ROOT));
    String cpu = PROCESSORS.get(processor.toLowerCase(Locale.ROOT));
    if (os == null || cpu == null) {
      throw new IllegalStateException("no dev node for " + system + " on " + processor
          + ": it exists for Linux and macOS on amd64 and arm64");
    }
    return Path.of("node_modules", "@foundry-rs", "anvil-" + os + "-" + cpu, "bin", "anvil");
  }
}
