package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.planted.query.balance.Question;
import io.neuronledger.query.cycleone.One;
import io.neuronledger.query.cycletwo.Two;
import io.neuronledger.query.planted.Planted;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that every rule of {@link ArchitectureTest} can fail. */
class ArchitectureFailsTest {
  private static final Map<ArchRule, List<Class<?>>> PLANTED = Map.ofEntries(
      Map.entry(ArchitectureTest.NO_CYCLES, List.of(One.class, Two.class)),
      Map.entry(ArchitectureTest.NO_OTHER_SERVICE, List.of(Planted.KnowsAnotherService.class)),
      Map.entry(ArchitectureTest.PROJECTIONS_USE_NO_WEB_AND_NO_KAFKA, List.of(Planted.OddProjection.class)),
      Map.entry(ArchitectureTest.CONTROLLERS_DO_NOT_QUERY, List.of(Planted.OddController.class)),
      Map.entry(ArchitectureTest.KAFKA_STAYS_IN_THE_INTAKE, List.of(Planted.ReadsTheTopic.class)),
      Map.entry(ArchitectureTest.NO_DEPENDENCY_ON_THE_WIRING, List.of(Planted.KnowsTheWiring.class)),
      Map.entry(ArchitectureTest.THE_SERVICE_IS_PLAIN_JAVA, List.of(Planted.ReadModel.class)),
      Map.entry(ArchitectureTest.QUESTIONS_DO_NOT_READ_THE_TOPIC, List.of(Question.class)),
      Map.entry(ArchitectureTest.TIME_IS_INJECTED, List.of(Planted.OwnTime.class)),
      Map.entry(ArchitectureTest.ONE_CLOCK, List.of(Planted.OwnTime.class)),
      Map.entry(ArchitectureTest.NO_FIELD_INJECTION, List.of(Planted.Injected.class)));

  @Test
  void each_rule_finds_its_planted_violation() {
    PLANTED.forEach((rule, classes) -> assertThat(
        rule.evaluate(new ClassFileImporter().importClasses(classes)).hasViolation())
        .as(rule.getDescription()).isTrue());
  }

  @Test
  void no_rule_is_left_out() {
    assertThat(Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ArchRule.class))
        .hasSize(PLANTED.size());
  }
}
