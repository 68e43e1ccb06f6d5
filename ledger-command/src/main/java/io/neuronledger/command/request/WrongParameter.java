package io.neuronledger.command.request;

/** A query parameter that the path does not know, or one that was given twice. */
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
