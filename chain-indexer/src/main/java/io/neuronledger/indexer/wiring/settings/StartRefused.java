package io.neuronledger.indexer.wiring.settings;

import org.springframework.boot.ExitCodeGenerator;

/**
 * The service must not start with this configuration; the message names the change. The process ends with exit code 2.
 */
public final class StartRefused extends IllegalArgumentException implements ExitCodeGenerator {
  private static final long serialVersionUID = 1L;
  private static final int EXIT_CODE = 2;

  public StartRefused(String message) {
    super(message);
  }

  public StartRefused(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int getExitCode() {
    return EXIT_CODE;
  }
}
