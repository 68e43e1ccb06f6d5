package io.neuronledger.testkit.servers.issuer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * API keys in the topic, as ledger-command publishes them, for tests of services without it. Written from the
 * description of the topic alone, with the secret of {@link TokenIssuer#API_KEYS_SETTING}.
 */
public final class ApiKeyPublication implements AutoCloseable {
  private static final String TOPIC = "ledger.api-keys.v1";
  private static final byte[] SECRET = Base64.getDecoder().decode(TokenIssuer.API_KEYS_SETTING.split("=", 2)[1]);
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Duration LONG = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();
  private final Producer<String, String> producer;

  /** Creates the topic if there is none. */
  public ApiKeyPublication(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      if (!admin.listTopics().names().get().contains(TOPIC)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
            .all().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
        new StringSerializer());
  }

  /** A key that was never published. */
  public String unknown() {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    return "nlk_" + HexFormat.of().formatHex(id) + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** A key that is good for an hour. */
  public String valid(Collection<String> scopes, Optional<String> owner) {
    return published(scopes, owner, Instant.now().plus(LONG));
  }

  public String expired(Collection<String> scopes, Optional<String> owner) {
    return published(scopes, owner, Instant.now());
  }

  /** A key that was good before. */
  public String revoked(Collection<String> scopes, Optional<String> owner) {
    String key = valid(scopes, owner);
    revoke(key);
    return key;
  }

  public void revoke(String key) {
    send(idOf(key), "{\"type\":\"revoked\",\"id\":\"%s\",\"revision\":1}".formatted(idOf(key)));
  }

  private String published(Collection<String> scopes, Optional<String> owner, Instant expiresAt) {
    String key = unknown();
    send(idOf(key), """
        {"type":"valid","id":"%s","revision":0,"scopes":[%s]%s,"hash":"%s","expires_at":"%s"}
        """.formatted(idOf(key), scopes.stream().map(scope -> "\"" + scope + "\"").collect(Collectors.joining(",")),
            owner.map(each -> ",\"owner\":\"" + each + "\"").orElse(""), hash(key), expiresAt));
    return key;
  }

  /** The sign of life without which no key is verified for longer than 30 seconds. */
  public void sign() {
    send("sign-of-life", "{\"type\":\"sign-of-life\",\"at\":\"%s\"}".formatted(Instant.now()));
  }

  /** What has the id of the key, and another secret. */
  public String forged(String key) {
    return "nlk_" + idOf(key) + unknown().substring("nlk_".length() + 2 * ID_BYTES);
  }

  private static String idOf(String key) {
    return key.substring("nlk_".length(), "nlk_".length() + 2 * ID_BYTES);
  }

  private static String hash(String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(String key, String json) {
    try {
      producer.send(new ProducerRecord<>(TOPIC, 0, key, json)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
