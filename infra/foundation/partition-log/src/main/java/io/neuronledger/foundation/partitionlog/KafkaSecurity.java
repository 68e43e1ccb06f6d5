package io.neuronledger.foundation.partitionlog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * How a service authenticates to Kafka, and how its connections are encrypted. Environment:
 * {@code NEURON_LEDGER_KAFKA_SECURITY_…}. An empty setting counts as absent.
 *
 * @param protocol {@code PLAINTEXT}, {@code SASL_PLAINTEXT}, {@code SASL_SSL} or {@code SSL}; absent: that of the file
 *     of client properties, by Kafka's default {@code PLAINTEXT}
 * @param user the principal, by SASL/SCRAM-SHA-512; with the protocols SASL_PLAINTEXT and SASL_SSL only
 * @param truststore a file with the certificates that sign the brokers': PEM, PKCS #12 or JKS, by its ending; absent:
 *     the Java platform's
 * @param truststorePassword of PKCS #12 and JKS
 * @param keystore a file with the service's own key and certificates, where brokers ask for them; PEM, PKCS #12 or JKS
 * @param keystorePassword of the file; of the key, where the file is PEM
 */
public record KafkaSecurity(Optional<String> protocol, Optional<String> user, Optional<String> password,
    Optional<String> truststore, Optional<String> truststorePassword, Optional<String> keystore,
    Optional<String> keystorePassword) {
  /** No setting: the clients' properties decide. */
  public static final KafkaSecurity NONE = new KafkaSecurity(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The one SASL mechanism. */
  public static final String MECHANISM = "SCRAM-SHA-512";

  private static final String PREFIX = "NEURON_LEDGER_KAFKA_SECURITY_";
  private static final Map<String, String> STORE_TYPES =
      Map.of("pem", "PEM", "crt", "PEM", "p12", "PKCS12", "pfx", "PKCS12", "jks", "JKS");

  /** @throws IllegalArgumentException naming the environment variable to set or to change; never with a password */
  public KafkaSecurity {
    protocol = present(protocol);
    user = present(user);
    password = present(password);
    truststore = present(truststore);
    truststorePassword = present(truststorePassword);
    keystore = present(keystore);
    keystorePassword = present(keystorePassword);
    String named = protocol.orElse("");
    require(Set.of("", "PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL", "SSL").contains(named), "PROTOCOL",
        "must be PLAINTEXT, SASL_PLAINTEXT, SASL_SSL or SSL, not " + named);
    boolean sasl = named.startsWith("SASL_");
    require(user.isPresent() == sasl, "USER", "must be set for the protocols SASL_PLAINTEXT and SASL_SSL, and only for"
        + " them");
    require(password.isPresent() == sasl, "PASSWORD", "must be set for the protocols SASL_PLAINTEXT and SASL_SSL, and"
        + " only for them");
    boolean encrypted = named.endsWith("SSL");
    store(encrypted, truststore, truststorePassword, "TRUSTSTORE");
    store(encrypted, keystore, keystorePassword, "KEYSTORE");
    require(truststorePassword.isEmpty() || !type(truststore.orElse("")).equals("PEM"), "TRUSTSTORE_PASSWORD",
        "must not be set: a truststore in PEM has none");
    require(Stream.of(user, password).flatMap(Optional::stream).flatMapToInt(String::chars)
        .noneMatch(Character::isISOControl), "PASSWORD", "and the user must have no control characters");
  }

  /** Without encryption: for a broker on this machine. */
  public static KafkaSecurity local(String user, String password) {
    return new KafkaSecurity(Optional.of("SASL_PLAINTEXT"), Optional.of(user), Optional.of(password),
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<String> present(Optional<String> setting) {
    return setting.filter(text -> !text.isBlank());
  }

  private static void store(boolean encrypted, Optional<String> file, Optional<String> password, String setting) {
    require(encrypted || file.isEmpty(), setting, "is used by the protocols SASL_SSL and SSL only");
    require(file.isPresent() || password.isEmpty(), setting + "_PASSWORD", "is set without " + PREFIX + setting);
    file.ifPresent(name -> {
      require(STORE_TYPES.containsKey(ending(name)), setting, "must end with .pem, .crt, .p12, .pfx or .jks, not "
          + name);
      require(Files.isReadable(Path.of(name)), setting, "must be a file that can be read, not " + name);
    });
  }

  private static void require(boolean holds, String setting, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + setting + " " + rule);
    }
  }

  /** The properties of a Kafka client. */
  public Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    protocol.ifPresent(name -> properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, name));
    user.ifPresent(name -> {
      properties.put(SaslConfigs.SASL_MECHANISM, MECHANISM);
      properties.put(SaslConfigs.SASL_JAAS_CONFIG, login(name, password.orElseThrow()));
    });
    truststore.ifPresent(file -> {
      properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file);
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, type(file));
    });
    truststorePassword.ifPresent(secret -> properties.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, secret));
    keystore.ifPresent(file -> {
      properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, file);
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, type(file));
      keystorePassword.ifPresent(secret -> properties.put(type(file).equals("PEM")
          ? SslConfigs.SSL_KEY_PASSWORD_CONFIG : SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, secret));
    });
    return properties;
  }

  /** The entry of a JAAS configuration by which clients log in. */
  public static String login(String user, String password) {
    return ScramLoginModule.class.getName() + " required username=" + quoted(user) + " password=" + quoted(password)
        + ";";
  }

  /** A JAAS value: quotation marks and backslashes are escaped. */
  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String type(String file) {
    return STORE_TYPES.getOrDefault(ending(file), "");
  }

  private static String ending(String file) {
    return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return "KafkaSecurity[protocol=" + protocol.orElse("") + ", user=" + user.orElse("") + ", truststore="
        + truststore.orElse("") + ", keystore=" + keystore.orElse("") + "]";
  }
}
