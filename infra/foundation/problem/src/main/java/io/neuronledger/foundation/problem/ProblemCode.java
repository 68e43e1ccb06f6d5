package io.neuronledger.foundation.problem;

import java.util.Locale;
import java.util.Optional;

/**
 * The codes of the problems of all services, each with its HTTP status. A code, in kebab case, is published and never
 * changes its meaning.
 */
public enum ProblemCode {
  // A request that no controller can answer.
  UNKNOWN_PATH(404, "There is nothing at this path"),
  METHOD_NOT_ALLOWED(405, "This path does not offer the method"),
  NOT_ACCEPTABLE(406, "The path has no answer of an accepted media type"),
  UNSUPPORTED_MEDIA_TYPE(415, "The path does not accept the media type of the body"),
  MALFORMED_REQUEST(400, "The request cannot be read"),
  TOO_MUCH_AT_ONCE(413, "The request is too large"),
  UNKNOWN_PARAMETER(400, "The path does not know this parameter"),
  REPEATED_PARAMETER(400, "The parameter is given more than once"),
  CONFLICTING_PARAMETERS(400, "These parameters exclude each other"),
  MALFORMED_ADDRESS(400, "This is not an address"),
  WRONG_CHECKSUM(400, "The address's EIP-55 checksum is wrong"),
  BAD_PARAMETER(400, "This is not a value of the parameter"),
  ACCOUNT_NOT_NAMED(400, "The request does not name an account"),
  BAD_BLOCK(400, "This is not a block number"),
  BAD_TOKEN(400, "This is not a token of a write to this ledger"),
  BAD_WAIT(400, "This is not a waiting time"),
  BAD_LIMIT(400, "This is not a page size"),
  BAD_CURSOR(400, "This is not a cursor of this list"),

  // Who calls, and whether they may.
  CREDENTIAL_MISSING(401, "The request has no credential"),
  CREDENTIAL_INVALID(401, "The credential is not valid"),
  CREDENTIAL_UNVERIFIABLE(503, "The credential cannot be verified at present"),
  API_KEYS_UNKNOWN(503, "API keys cannot be verified at present"),
  SIGN_IN_OFF(404, "Wallets do not sign in here"),
  SIGN_IN_REFUSED(401, "The wallet is not signed in"),
  SIGNATURE_NOT_CHECKED(503, "The signature cannot be checked at present"),
  INSUFFICIENT_SCOPE(403, "The credential is not good for this"),
  FOREIGN_OWNER(403, "The credential is bound to another owner"),
  FOREIGN_PROVIDER(403, "The credential is bound to another provider"),
  ORIGIN_NOT_ALLOWED(403, "Web pages of this origin may not call the service"),
  TOO_MANY_REQUESTS(429, "The caller sends too many requests"),
  TOO_MANY_REQUESTS_AT_ONCE(429, "The caller has too many requests in progress"),
  TOO_MANY_FAILED_CREDENTIALS(429, "Too many credentials from this address are not valid"),
  ACCESS_LOG_UNAVAILABLE(503, "The access log cannot be written or read at present"),

  // Usage reports, in order of precedence; also on Kafka, the last one only there.
  MALFORMED_REPORT(400, "The report cannot be read"),
  COMPLETED_IN_FUTURE(422, "The request was completed later than now"),
  SERVICE_UNKNOWN(422, "The chain does not know this service"),
  COMPLETED_BEFORE_SERVICE(422, "The request was completed before its service was registered"),
  FEE_MISMATCH(422, "The fee is not the cost of the units"),
  REQUEST_ALREADY_REPORTED(409, "This request was reported with different content"),
  NOT_A_USAGE_REPORT(400, "The record is not a usage report as a CloudEvent in binary mode"),

  // Corrections of usage reports.
  REPORT_NOT_FOUND(404, "No such request was reported"),
  REPORT_DIFFERS(409, "The request was reported with different content"),
  REPORT_ALREADY_CORRECTED(409, "The report is corrected already"),

  // Decisions about discrepancies.
  DECISION_DOES_NOT_FIT(400, "The decision does not fit the discrepancy"),
  DISCREPANCY_NOT_FOUND(404, "There is no such discrepancy"),
  DECIDED_MEANWHILE(409, "Another decision was recorded at the same time"),

  // Decisions that need two persons, and those about periods.
  PERSON_REQUIRED(403, "Only people decide this"),
  SECOND_PERSON_REQUIRED(403, "Another person must approve it"),
  PROPOSAL_NOT_FOUND(404, "Nothing like this is proposed"),
  PROPOSAL_PENDING(409, "Another proposal waits for its approval"),
  DECISION_NOT_FOUND(404, "There is no decision to revoke"),
  PERIOD_NOT_OVER(409, "The period is not over"),
  PERIOD_CLOSED(409, "The period is closed"),
  PERIOD_NOT_CLOSED(409, "The period is not closed"),
  PERIOD_OUT_OF_ORDER(409, "Periods are closed in order, and reopened from the last one on"),
  PERIOD_REPORT_OUTDATED(409, "The report does not follow the last closed period"),
  PERIOD_REPORT_NOT_FOUND(404, "No report with this hash is kept"),
  PERIOD_REPORT_NOT_KEPT(409, "The report of a closed period is not kept here"),
  PERIOD_REPORT_DIFFERS(409, "The report of a closed period has another hash now"),
  TOO_MANY_KEPT_REPORTS(409, "Too many reports of the period are kept"),
  PERIOD_REPORT_UNKNOWN(409, "The report cannot be of this ledger"),

  // API keys.
  API_KEY_NOT_FOUND(404, "There is no such API key"),
  API_KEY_ENDED(409, "The API key is revoked or expired"),
  API_KEY_MANAGES_NO_KEYS(403, "An API key makes, rotates and revokes no API keys"),
  SCOPE_NOT_HELD(403, "Nobody gives a key more than they have"),

  // Questions.
  LEDGER_NOT_FOUND(404, "The wallet has no ledger"),
  SUB_ACCOUNT_NOT_FOUND(404, "The ledger has no such open sub-account"),
  ENTRY_NOT_FOUND(404, "There is no such entry"),
  PROVIDER_NOT_FOUND(404, "The provider has neither usage nor settlements"),
  SETTLEMENT_NOT_FOUND(404, "There is no such settlement"),
  RECONCILIATION_NOT_FOUND(404, "There is no such comparison with the contract"),
  BLOCK_BEFORE_START(404, "The block is before the first one followed"),
  DAY_BEFORE_START(404, "The day is before the first block followed"),
  DAY_NOT_OVER(409, "The day is not over"),
  BLOCK_NOT_REACHED(503, "The block has not been sealed in time"),
  WRITE_NOT_REACHED(503, "The write has not been read in time"),
  OWNER_QUARANTINED(409, "The owner's answers are frozen before the block"),
  NOTHING_SEALED(503, "No block has been sealed yet"),

  // Exports.
  EXPORT_NOT_FOUND(404, "There is no such export"),
  EXPORT_NOT_COMPLETED(409, "The export has no content"),
  TOO_MANY_KEPT_EXPORTS(409, "The caller keeps too many exports"),
  RANGE_NOT_SATISFIABLE(416, "The range is beyond the content"),

  // Subscriptions.
  EVENTS_UNAVAILABLE(503, "The events cannot be read at present"),
  TOO_MANY_SUBSCRIPTIONS(429, "The caller has too many open subscriptions"),
  SUBSCRIPTIONS_EXHAUSTED(503, "Too many subscriptions are open"),

  // Alerts.
  ALERT_RULE_NOT_FOUND(404, "There is no such alert rule"),
  ALERT_RULE_UNREADABLE(409, "The stored alert rule cannot be read"),
  ALERT_NOT_FOUND(404, "There is no such alert"),
  ALERT_UNREADABLE(409, "The stored alert cannot be read"),
  TOO_MANY_ALERT_RULES(409, "There are too many alert rules"),

  // Webhooks.
  WEBHOOKS_OFF(404, "There are no webhooks here"),
  WEBHOOK_NOT_FOUND(404, "There is no such webhook"),
  MESSAGE_NOT_FOUND(404, "The webhook has no such message"),
  MESSAGE_NOT_DEAD(409, "The message was not given up"),
  TOO_MANY_WEBHOOKS(409, "There are too many webhooks"),
  TOO_MANY_SECRETS(409, "Too many secrets sign at the same time"),

  // Operation.
  OWNER_NOT_QUARANTINED(404, "The service has no parked records of this owner"),
  REBUILD_RUNNING(409, "A rebuild is already running"),
  REBUILD_NOT_RUNNING(409, "No rebuild is running in this instance"),
  NOT_LEADING(409, "This instance does not lead"),
  NOTHING_FOLLOWED(503, "The ledger has no deployment yet"),

  // A service that is busy or failed.
  TOO_MANY_WRITERS(503, "Too many concurrent writers"),
  TOO_MANY_EXPORTS(503, "Too many exports are in progress"),
  TOO_BUSY(503, "All connections to the database are in use"),
  DEADLINE_EXCEEDED(503, "The answer took too long"),
  DATABASE_UNAVAILABLE(503, "The database does not answer"),
  OUTCOME_UNKNOWN(503, "The service failed"),
  INTERNAL_ERROR(500, "The service failed");

  private static final int ERRORS_OF_THE_SERVICE_FROM = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /**
   * The code for a status of the web server or the framework; empty for an error of the service. 501 and 505 are an
   * unsupported transfer encoding or HTTP version.
   */
  static Optional<ProblemCode> ofStatus(int status) {
    return switch (status) {
      case 404 -> Optional.of(UNKNOWN_PATH);
      case 405 -> Optional.of(METHOD_NOT_ALLOWED);
      case 406 -> Optional.of(NOT_ACCEPTABLE);
      case 413 -> Optional.of(TOO_MUCH_AT_ONCE);
      case 415 -> Optional.of(UNSUPPORTED_MEDIA_TYPE);
      case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED -> Optional.of(MALFORMED_REQUEST);
      default -> status < ERRORS_OF_THE_SERVICE_FROM ? Optional.of(MALFORMED_REQUEST) : Optional.empty();
    };
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The type of RFC 9457: where a service describes the problem. */
  public String type() {
    return "/problems/" + code();
  }

  /** Whether the same request may succeed shortly after. */
  public boolean isRetryable() {
    return status == SERVICE_UNAVAILABLE;
  }

  /** The stable code, for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
