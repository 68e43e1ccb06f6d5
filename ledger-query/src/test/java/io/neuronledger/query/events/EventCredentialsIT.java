package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.EventReader;
import io.neuronledger.query.fixture.EventReader.Item;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import io.neuronledger.testkit.servers.issuer.WalletTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Subscriptions of a service with an issuer: they last as long as their credential, and end with the service. */
class EventCredentialsIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** What the issuer's clock may differ. */
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final String PATH = "/v1/ledgers/" + OWNER + "/events";
  @AutoClose
  private static TokenIssuer issuer;
  @AutoClose
  private static WalletTokens wallets;
  @AutoClose
  private static ServiceEnvironment environment;
  private static PublicTopic events;
  private static Service service;

  @BeforeAll
  static void start() {
    issuer = TokenIssuer.start();
    wallets = WalletTokens.start(Clock.systemUTC());
    environment = new ServiceEnvironment(1);
    events = environment.events();
    service = service("event_credentials");
  }

  private static Service service(String database) {
    Service started = environment.service(database, Stream.concat(issuer.settings().stream(), Stream.of(
        wallets.setting(), "neuron-ledger.subscriptions.max=4")).map(setting -> "--" + setting).toArray(String[]::new));
    started.awaitEvents(bearer(issuer.token("alice", "events:subscribe")));
    return started;
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static EventReader open(String credential) {
    EventReader reader = new EventReader(service.port(), PATH, bearer(credential));
    assertThat(reader.status()).isEqualTo(200);
    return reader;
  }

  private static void publish() {
    events.publish(0, OWNER, "n.v1", "{}");
  }

  @Test
  void a_revoked_key_ends_its_subscription_with_the_reason() {
    try (ApiKeyPublication keys = new ApiKeyPublication(TestKafka.bootstrapServers())) {
      String key = keys.valid(Set.of("events:subscribe"), Optional.empty());
      await().atMost(PATIENCE).until(() -> {
        keys.sign();
        return RawHttp.send(service.port(), "GET", PATH + "?until=now", bearer(key)).status() == 200;
      });
      try (EventReader reader = open(key)) {
        publish();
        assertThat(reader.next(1)).extracting(Item::type).containsExactly("n.v1");
        keys.revoke(key);
        List<Item> last = reader.rest();
        assertThat(last).extracting(Item::type).containsExactly("problem");
        assertThat(last.getFirst().data()).contains("\"credential-invalid\"", "\"status\":401");
        assertThat(last.getFirst().id()).as("the id of the last event stays").isEqualTo(reader.lastId());
      }
    }
  }

  @Test
  void an_expired_token_ends_its_subscription() {
    JWTClaimsSet claims = new JWTClaimsSet.Builder(issuer.claims("bob", List.of("events:subscribe")).build())
        .issueTime(Date.from(Instant.now().minus(PATIENCE)))
        .expirationTime(Date.from(Instant.now().minus(SKEW).plusSeconds(4))).build();
    try (EventReader reader = open(issuer.signed(claims))) {
      assertThat(reader.rest()).extracting(Item::type).containsExactly("problem");
    }
  }

  @Test
  void the_scopes_decide_and_a_wallet_receives_its_own() {
    for (String[] refused : List.of(new String[] {PATH, "ledger:read"}, new String[] {"/v1/events", "ledger:read:own"},
        new String[] {"/v1/events", "admin"})) {
      assertThat(RawHttp.send(service.port(), "GET", refused[0], bearer(issuer.token("carol", refused[1]))).status())
          .isEqualTo(403);
    }
    assertThat(RawHttp.send(service.port(), "GET", PATH).status()).isEqualTo(401);
    assertThat(RawHttp.send(service.port(), "GET", PATH, bearer(wallets.token(Wallets.wallet(2).value()))).body())
        .contains("\"foreign-owner\"");
  }

  /** They have half of four. */
  @Test
  void wallets_leave_room_for_others() {
    List<EventReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        open.add(open(wallets.token(OWNER.value())));
      }
      publish();
      for (EventReader each : open) {
        assertThat(each.next(1)).extracting(Item::type).containsExactly("n.v1");
      }
      RawHttp.Answer refused = RawHttp.send(service.port(), "GET", PATH, bearer(wallets.token(OWNER.value())));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("\"subscriptions-exhausted\"");
      open.add(open(issuer.token("dave", "events:subscribe")));
    } finally {
      open.forEach(EventReader::close);
    }
  }

  @Test
  void a_service_that_ends_ends_them_at_once() {
    Service ending = service("event_ending");
    try (EventReader reader = new EventReader(ending.port(), PATH, bearer(issuer.token("erin", "events:subscribe")))) {
      ending.close();
      assertThat(reader.rest()).isEmpty();
    }
  }
}
