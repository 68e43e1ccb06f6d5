package io.neuronledger.query.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The reasons for refusing a request. The code, in kebab case, is published and never changes its meaning. */
public enum Refusal {
  UNKNOWN_PATH(HttpStatus.NOT_FOUND, "There is nothing at this path"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not offer the method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer does not exist in an accepted form"),
  MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, "The path does not know this parameter"),
  REPEATED_PARAMETER(HttpStatus.BAD_REQUEST, "The parameter is given more than once"),
  CONFLICTING_PARAMETERS(HttpStatus.BAD_REQUEST, "These parameters exclude each other"),
  MALFORMED_ADDRESS(HttpStatus.BAD_REQUEST, "This is not an address"),
  WRONG_CHECKSUM(HttpStatus.BAD_REQUEST, "The address's EIP-55 checksum is wrong"),
  BAD_PARAMETER(HttpStatus.BAD_REQUEST, "This is not a value of the parameter"),
  ACCOUNT_NOT_NAMED(HttpStatus.BAD_REQUEST, "The request does not name an account"),
  BAD_BLOCK(HttpStatus.BAD_REQUEST, "This is not a block number"),
  BAD_WAIT(HttpStatus.BAD_REQUEST, "This is not a waiting time"),
  BAD_LIMIT(HttpStatus.BAD_REQUEST, "This is not a page size"),
  BAD_CURSOR(HttpStatus.BAD_REQUEST, "This is not a cursor of this list"),
  LEDGER_NOT_FOUND(HttpStatus.NOT_FOUND, "The wallet has no ledger"),
  SUB_ACCOUNT_NOT_FOUND(HttpStatus.NOT_FOUND, "The ledger has no such open sub-account"),
  PROVIDER_NOT_FOUND(HttpStatus.NOT_FOUND, "The provider has neither usage nor settlements"),
  SETTLEMENT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such settlement"),
  RECONCILIATION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such comparison with the contract"),
  BLOCK_BEFORE_START(HttpStatus.NOT_FOUND, "The block is before the first one followed"),
  BLOCK_NOT_REACHED(HttpStatus.SERVICE_UNAVAILABLE, "The block has not been sealed in time"),
  OWNER_NOT_QUARANTINED(HttpStatus.NOT_FOUND, "The service has no parked records of this owner"),
  OWNER_QUARANTINED(HttpStatus.CONFLICT, "The owner's answers are frozen before the block"),
  REBUILD_RUNNING(HttpStatus.CONFLICT, "A rebuild is already running"),
  REBUILD_NOT_RUNNING(HttpStatus.CONFLICT, "No rebuild is running in this instance"),
  NOTHING_SEALED(HttpStatus.SERVICE_UNAVAILABLE, "No block has been sealed yet"),
  TOO_MANY_EXPORTS(HttpStatus.SERVICE_UNAVAILABLE, "Too many exports are in progress"),
  TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "All connections to the database are in use"),
  DEADLINE_EXCEEDED(HttpStatus.SERVICE_UNAVAILABLE, "The answer took too long"),
  DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

  private final HttpStatus status;
  private final String title;

  Refusal(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Whether the same request may succeed shortly after. */
  public boolean retryable() {
    return status == HttpStatus.SERVICE_UNAVAILABLE;
  }

  /** The stable code, for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The {@code type} of RFC 9457. */
  public String type() {
    return "urn:neuron-ledger:problem:" + code();
  }
}
