package io.neuronledger.command.request;

/** An unknown or repeated query parameter. */
final class WrongParameter extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String code;

  WrongParameter(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }
}
