package io.neuronledger.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.usage.UsageReport;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The stored forms: every form ever written is readable. */
class EventFormsTest {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
      .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  /** @param type the type that is written and read */
  record Form(String file, Class<?> type, Object value) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Form> forms() {
    return Stream.of(
        Samples.chainEvents().stream().map(each -> new Form(nameOf(ChainEvent.class, each), ChainEvent.class, each)),
        Samples.accountEvents().stream()
            .map(each -> new Form(nameOf(AccountEvent.class, each), AccountEvent.class, each)),
        Stream.of(new Form("evidence-of-states", Evidence[].class,
                new Evidence[] {new Evidence.Snapshot(10, 12), new Evidence.Unexplained(10, 12)}),
            new Form("rejection-reasons", RejectionReason[].class, RejectionReason.values()),
            new Form("usage-report.v1", UsageReport.class, Samples.REPORT),
            new Form("blocks-record", BlocksRecord.class, Samples.blocksRecord()),
            new Form("chain-record", ChainRecord.class, Samples.chainRecord()),
            new Form("account-record", AccountRecord.class, Samples.accountRecord()))).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void is_read_and_written_the_same_for_ever(Form form) throws IOException {
    String golden = Files.readString(folder().resolve(form.file() + ".json"));
    assertThat((Object) JSON.readValue(golden, form.type())).isEqualTo(form.value());
    String written = JSON.writerFor(form.type()).writeValueAsString(form.value());
    assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(golden));
  }

  /** The most frequent event is kept for ever, in a topic and in the event store. */
  @Test
  void a_usual_settlement_takes_at_most_590_bytes() {
    byte[] written = JSON.writerFor(AccountEvent.class).writeValueAsBytes(Samples.usualSettlement());
    assertThat(written).hasSizeLessThanOrEqualTo(590);
    assertThat(JSON.readValue(written, AccountEvent.class)).isEqualTo(Samples.usualSettlement());
  }

  /** Fails for an event type without a sample and a golden file. */
  @Test
  void every_event_has_a_golden_file() throws IOException {
    Set<String> files = files();
    for (Class<?> family : List.of(ChainEvent.class, AccountEvent.class)) {
      Set<Class<?>> sampled = forms().filter(form -> form.type() == family).map(form -> form.value().getClass())
          .collect(Collectors.toSet());
      for (JsonSubTypes.Type type : family.getAnnotation(JsonSubTypes.class).value()) {
        assertThat(sampled).as("a sample of").contains(type.value());
        assertThat(files).contains(type.name());
      }
    }
  }

  /** A golden file is never deleted: its form may be stored anywhere. */
  @Test
  void every_golden_file_is_still_read() throws IOException {
    assertThat(forms().map(Form::file).collect(Collectors.toSet())).isEqualTo(files());
  }

  @Test
  void every_name_belongs_to_an_event() throws IllegalAccessException {
    assertThat(names(EventNames.class)).isEqualTo(stored(AccountEvent.class));
    assertThat(names(EventNames.Chain.class)).isEqualTo(stored(ChainEvent.class));
  }

  private static Set<String> names(Class<?> holder) throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : holder.getDeclaredFields()) {
      if (field.getType() == String.class) {
        names.add((String) Objects.requireNonNull(field.get(null)));
      }
    }
    return names;
  }

  private static Set<String> stored(Class<?> family) {
    return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value()).map(JsonSubTypes.Type::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String nameOf(Class<?> family, Object event) {
    return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value())
        .filter(type -> type.value() == event.getClass()).findFirst().orElseThrow().name();
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString().replace(".json", "")).collect(Collectors.toSet());
    }
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(EventFormsTest.class.getResource("/golden")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
