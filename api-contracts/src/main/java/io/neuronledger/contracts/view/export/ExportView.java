package io.neuronledger.contracts.view.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An export: all rows of a list in one file, as of one block.
 *
 * @param source the path and the query of the list, as they were asked for
 * @param fileName under which the content is offered; present once it is completed
 * @param asOf of all rows; absent before the first one is read
 * @param rows how many there are; present once it is completed
 * @param bytes the length of the content; present once it is completed
 * @param sha256 the SHA-256 of the content, 64 lower-case hex digits; present once it is completed
 * @param expiresAt when the export is removed
 * @param failure why it has no content; present where it has failed
 */
public record ExportView(UUID id, State state, String source, Format format, Optional<String> fileName,
    Optional<AsOf> asOf, OptionalLong rows, OptionalLong bytes, Optional<String> sha256, Instant createdAt,
    Instant expiresAt, Optional<Failure> failure) {
  /** How far an export is. */
  public enum State {
    /** Others are written first. */
    @JsonProperty("waiting") WAITING,
    /** Its rows are read and written. */
    @JsonProperty("running") RUNNING,
    /** Its content is whole. */
    @JsonProperty("completed") COMPLETED,
    /** It has no content, and will have none. */
    @JsonProperty("failed") FAILED
  }

  /** The form of the content. */
  public enum Format {
    @JsonProperty("csv") CSV,
    @JsonProperty("ndjson") NDJSON,
    @JsonProperty("xlsx") XLSX
  }

  /**
   * Why an export has failed.
   *
   * @param code that of the problem with which the list itself would be answered
   * @param detail for humans
   */
  public record Failure(String code, String detail) {}

  /** Whether it is completed or has failed. */
  public boolean hasEnded() {
    return state == State.COMPLETED || state == State.FAILED;
  }

  /** The same while its rows are written. */
  public ExportView running(AsOf of) {
    return new ExportView(id, State.RUNNING, source, format, fileName, Optional.of(of), rows, bytes, sha256, createdAt,
        expiresAt, failure);
  }

  /** The same with its content. */
  public ExportView completed(String name, long rowCount, long byteCount, String digest) {
    return new ExportView(id, State.COMPLETED, source, format, Optional.of(name), asOf, OptionalLong.of(rowCount),
        OptionalLong.of(byteCount), Optional.of(digest), createdAt, expiresAt, failure);
  }

  /** The same without a content. */
  public ExportView failed(Failure why) {
    return new ExportView(id, State.FAILED, source, format, fileName, asOf, rows, bytes, sha256, createdAt, expiresAt,
        Optional.of(why));
  }
}
