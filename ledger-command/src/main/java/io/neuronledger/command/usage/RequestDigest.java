package io.neuronledger.command.usage;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A report as 32 bytes, because tens of millions are stored: one digest of its request and one of its content, each the
 * first half of a SHA-256. Stored for ever, so the computation must never change.
 */
record RequestDigest(UUID request, UUID content) {

  static RequestDigest of(UsageReport report) {
    ByteBuffer request = ByteBuffer.wrap(sha256(requestOf(report)));
    ByteBuffer content = ByteBuffer.wrap(sha256(contentOf(report)));
    return new RequestDigest(new UUID(request.getLong(), request.getLong()),
        new UUID(content.getLong(), content.getLong()));
  }

  /** The provider and the request id. The address has a fixed length, so different requests have different bytes. */
  private static byte[] requestOf(UsageReport report) {
    byte[] provider = report.provider().bytes();
    byte[] id = report.requestId().value().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(provider.length + id.length).put(provider).put(id).array();
  }

  /** All other fields in a fixed order, each text prefixed with its length. */
  private static byte[] contentOf(UsageReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(report.owner().bytes());
      out.writeUTF(report.service().value());
      out.writeUTF(report.model().value());
      write(report.units(), out);
      out.writeUTF(report.fee().toString());
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, report.when()));
      out.writeUTF(report.source().word());
      out.writeUTF(report.apiKeyId().map(Object::toString).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Units units, DataOutputStream out) throws IOException {
    out.writeUTF(units.kind());
    switch (units) {
      case Units.Tokens tokens -> {
        out.writeLong(tokens.input());
        out.writeLong(tokens.cachedInput());
        out.writeLong(tokens.output());
        out.writeUTF(tokens.inputPrice().toString());
        out.writeUTF(tokens.cachedInputPrice().toString());
        out.writeUTF(tokens.outputPrice().toString());
      }
      case Units.Images images -> {
        out.writeLong(images.count());
        out.writeUTF(images.price().toString());
      }
      case Units.Seconds seconds -> {
        out.writeLong(seconds.count());
        out.writeUTF(seconds.price().toString());
      }
      case Units.Priced priced -> {
        out.writeInt(priced.lines().size());
        for (Units.PricedLine line : priced.lines()) {
          write(line.kind(), line.tier(), line.count(), out);
          out.writeUTF(line.price().toString());
        }
      }
      case Units.Unpriced unpriced -> {
        out.writeInt(unpriced.lines().size());
        for (Units.UnpricedLine line : unpriced.lines()) {
          write(line.kind(), line.tier(), line.count(), out);
        }
      }
    }
  }

  /** A tier is never empty, so that the empty text is none. */
  private static void write(Units.UnitKind kind, Optional<String> tier, long count, DataOutputStream out)
      throws IOException {
    out.writeUTF(kind.word());
    out.writeUTF(tier.orElse(""));
    out.writeLong(count);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
