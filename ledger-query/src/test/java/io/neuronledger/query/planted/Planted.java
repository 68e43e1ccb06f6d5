package io.neuronledger.query.planted;

import io.neuronledger.command.planted.OtherService;
import io.neuronledger.query.wiring.JsonWiring;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** One of each. */
public final class Planted {
  private Planted() {}

  public record KnowsAnotherService(OtherService other) {}

  public record OddProjection(HttpStatus status) {}

  public record OddController(DSLContext db) {}

  public record ReadsTheTopic(Consumer<byte[], byte[]> consumer) {}

  public record KnowsTheWiring(JsonWiring wiring) {}

  /** Asks no clock that it was given. */
  public static final class OwnTime {
    private OwnTime() {}

    static Instant now() {
      return Instant.now();
    }

    static Clock clock() {
      return Clock.systemUTC();
    }
  }

  /** Is filled from outside. */
  public static final class Injected {
    @Autowired
    @Nullable Clock clock;
  }
}
