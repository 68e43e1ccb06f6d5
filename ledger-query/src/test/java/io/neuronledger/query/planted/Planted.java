package io.neuronledger.query.planted;

import io.neuronledger.command.planted.OtherService;
import io.neuronledger.query.wiring.Settings;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** One violation of each rule. */
public final class Planted {
  private Planted() {}

  public record KnowsAnotherService(OtherService other) {}

  public record OddProjection(HttpStatus status) {}

  public record OddController(DSLContext db) {}

  public record ReadsTheTopic(Consumer<byte[], byte[]> consumer) {}

  public record KnowsTheWiring(Settings wiring) {}

  public record ReadModel(HttpStatus status) {}

  /** Reads the time without an injected clock. */
  public static final class OwnTime {
    private OwnTime() {}

    static Instant now() {
      return Instant.now();
    }

    static Clock clock() {
      return Clock.systemUTC();
    }
  }

  /** Has an injected field. */
  public static final class Injected {
    @Autowired
    @Nullable Clock clock;
  }
}
