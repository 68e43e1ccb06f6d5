package io.neuronledger.query.webhook.delivery;

import io.neuronledger.query.webhook.sending.AddressRules;
import io.neuronledger.query.webhook.sending.Network;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of webhooks. Environment: {@code NEURON_LEDGER_WEBHOOKS_…}.
 *
 * @param secret by which the secrets of webhooks are encrypted, at least {@value #SECRET_BYTES_MIN} random bytes in
 *     base64; empty: there are no webhooks
 * @param previousSecret the one before, by which they are still read; empty if there is none
 * @param allowHttp whether a URL may be without TLS
 * @param allowedNetworks the networks that may be connected to though they are not of the public internet, as CIDR
 * @param max the most webhooks, 1 to {@value #COUNT_MAX}; those of wallets together are half of them
 * @param ofCallerMax the most of one caller, 1 to {@value #COUNT_MAX}
 * @param undeliveredMax the most messages of one webhook that wait, 1 to {@value #COUNT_MAX}
 * @param atOnce how many webhooks of this instance are sent to at the same time, 2 to {@value #AT_ONCE_MAX}
 * @param retries how long a message waits after each failed attempt, 1 to {@value #RETRIES_MAX} times, each 1 second
 *     to 7 days; after as many attempts and one more it is given up
 * @param disabledAfter how long every attempt may fail until the webhook is disabled, 1 minute to 90 days
 * @param keptFor how long messages that were delivered or given up are kept, and the log, 1 hour to 400 days
 * @param secretOverlap how long the secret before signs, too, 1 minute to 30 days
 * @param connectTimeout for each address of a host, 100 milliseconds to 1 minute
 * @param timeout until the status of the answer, 100 milliseconds to 1 minute
 */
public record WebhookSettings(@DefaultValue("") String secret, @DefaultValue("") String previousSecret,
    @DefaultValue("false") boolean allowHttp, @DefaultValue List<String> allowedNetworks,
    @DefaultValue("1000") int max, @DefaultValue("10") int ofCallerMax, @DefaultValue("1000") int undeliveredMax,
    @DefaultValue("50") int atOnce,
    @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"}) List<Duration> retries,
    @DefaultValue("5d") Duration disabledAfter, @DefaultValue("30d") Duration keptFor,
    @DefaultValue("24h") Duration secretOverlap, @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("15s") Duration timeout) {
  private static final int SECRET_BYTES_MIN = 32;
  private static final int COUNT_MAX = 100_000;
  private static final int AT_ONCE_MAX = 1_000;
  private static final int RETRIES_MAX = 20;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** @throws IllegalArgumentException naming the environment variable to change; a secret is not shown */
  public WebhookSettings {
    allowedNetworks = List.copyOf(allowedNetworks);
    retries = List.copyOf(retries);
    require(secret.isEmpty() || isSecret(secret), "SECRET", "at least " + SECRET_BYTES_MIN
        + " random bytes in base64, or empty", "what it is");
    require(previousSecret.isEmpty() || isSecret(previousSecret), "PREVIOUS_SECRET", "at least " + SECRET_BYTES_MIN
        + " random bytes in base64, or empty", "what it is");
    count(max, "MAX");
    count(ofCallerMax, "OF_CALLER_MAX");
    count(undeliveredMax, "UNDELIVERED_MAX");
    require(atOnce >= 2 && atOnce <= AT_ONCE_MAX, "AT_ONCE", "from 2 to " + AT_ONCE_MAX, atOnce);
    require(!retries.isEmpty() && retries.size() <= RETRIES_MAX
        && retries.stream().allMatch(each -> isWithin(each, SECOND, Duration.ofDays(7))), "RETRIES",
        "1 to " + RETRIES_MAX + " times from 1 second to 7 days, such as 5s,5m,1h", retries);
    require(isWithin(disabledAfter, MINUTE, Duration.ofDays(90)), "DISABLED_AFTER", "from 1 minute to 90 days",
        disabledAfter);
    require(isWithin(keptFor, Duration.ofHours(1), Duration.ofDays(400)), "KEPT_FOR", "from 1 hour to 400 days",
        keptFor);
    require(isWithin(secretOverlap, MINUTE, Duration.ofDays(30)), "SECRET_OVERLAP", "from 1 minute to 30 days",
        secretOverlap);
    require(isWithin(connectTimeout, Duration.ofMillis(100), MINUTE), "CONNECT_TIMEOUT",
        "from 100 milliseconds to 1 minute", connectTimeout);
    require(isWithin(timeout, Duration.ofMillis(100), MINUTE), "TIMEOUT", "from 100 milliseconds to 1 minute",
        timeout);
    for (String each : allowedNetworks) {
      try {
        Network.parse(each);
      } catch (IllegalArgumentException e) {
        require(false, "ALLOWED_NETWORKS", "networks like 10.0.0.0/8,fd00::/8", each);
      }
    }
  }

  private static void count(int given, String variable) {
    require(given >= 1 && given <= COUNT_MAX, variable, "from 1 to " + COUNT_MAX, given);
  }

  private static boolean isWithin(Duration given, Duration shortest, Duration longest) {
    return given.compareTo(shortest) >= 0 && given.compareTo(longest) <= 0;
  }

  private static void require(boolean holds, String variable, String range, Object given) {
    if (!holds) {
      throw new IllegalArgumentException(
          "NEURON_LEDGER_WEBHOOKS_" + variable + " must be " + range + ", not " + given);
    }
  }

  private static boolean isSecret(String value) {
    return decoded(value).filter(bytes -> bytes.length >= SECRET_BYTES_MIN).isPresent();
  }

  private static Optional<byte[]> decoded(String value) {
    try {
      return Optional.of(Base64.getDecoder().decode(value.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What may be connected to. */
  public AddressRules addresses() {
    return new AddressRules(allowedNetworks.stream().map(Network::parse).toList());
  }

  byte[] secretBytes() {
    return decoded(secret).orElseThrow();
  }

  Optional<byte[]> previousSecretBytes() {
    return previousSecret.isEmpty() ? Optional.empty() : decoded(previousSecret);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "WebhookSettings[" + max + "]";
  }
}
