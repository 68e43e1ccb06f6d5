package io.neuronledger.command.usage;

/** Why a report is not recorded, in order of precedence. The codes are a stable part of the API. */
public enum UsageRefusal {
  /** The report cannot be read, or a value is outside its limits. */
  MALFORMED_REPORT("malformed-report", "The report cannot be read"),
  /** The fee is not the cost of the units. */
  FEE_MISMATCH("fee-mismatch", "The fee is not the cost of the units"),
  /** The provider's request id was accepted with different content. */
  REQUEST_ALREADY_REPORTED("request-already-reported", "This request was reported with different content"),
  /** On Kafka: the headers do not make it a usage report. */
  NOT_A_USAGE_REPORT("not-a-usage-report", "The record is not a usage report as a CloudEvent in binary mode");

  private final String code;
  private final String title;

  UsageRefusal(String code, String title) {
    this.code = code;
    this.title = title;
  }

  public String code() {
    return code;
  }

  public String title() {
    return title;
  }
}
