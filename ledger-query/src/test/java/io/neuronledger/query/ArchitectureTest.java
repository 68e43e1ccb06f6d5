package io.neuronledger.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The allowed dependencies between packages and on frameworks. {@link ArchitectureFailsTest} verifies that each rule
 * can fail.
 */
@AnalyzeClasses(packages = "io.neuronledger.query", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.neuronledger.query.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_OTHER_SERVICE = noClasses().should().dependOnClassesThat().resideInAnyPackage(
      "io.neuronledger.command..", "io.neuronledger.indexer..", "org.axonframework..", "org.web3j..");

  @ArchTest
  static final ArchRule PROJECTIONS_USE_NO_WEB_AND_NO_KAFKA = noClasses().that().haveSimpleNameEndingWith("Projection")
      .or().resideInAnyPackage("..query.projection..", "..query.partition..").should().dependOnClassesThat()
      .resideInAnyPackage("org.springframework..", "jakarta..", "org.apache.kafka.clients..")
      .orShould().dependOnClassesThat().belongToAnyOf(KafkaClients.class);

  @ArchTest
  static final ArchRule CONTROLLERS_DO_NOT_QUERY = noClasses().that().haveSimpleNameEndingWith("Controller")
      .should().dependOnClassesThat().resideInAnyPackage("org.jooq..", "..query.db..", "java.sql..");

  @ArchTest
  static final ArchRule KAFKA_STAYS_IN_THE_INTAKE = noClasses().that().resideOutsideOfPackages("..query.following..",
      "..query.intake..", "..query.rebuild..", "..query.status..", "..query.accesslog..", "..query.events..",
      "..query.alert.publish..", "..query.wiring..").should()
      .dependOnClassesThat()
      .resideInAPackage("org.apache.kafka.clients..")
      .orShould().dependOnClassesThat().belongToAnyOf(KafkaClients.class);

  @ArchTest
  static final ArchRule NO_DEPENDENCY_ON_THE_WIRING = noClasses().that().resideOutsideOfPackage("..query.wiring..")
      .should().dependOnClassesThat().resideInAPackage("..query.wiring..");

  @ArchTest
  static final ArchRule THE_SERVICE_IS_PLAIN_JAVA = noClasses().that().haveSimpleName("QueryService").or()
      .haveSimpleName("ReadModel").or().haveSimpleName("ConnectionPools").should().dependOnClassesThat()
      .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule QUESTIONS_DO_NOT_READ_THE_TOPIC = noClasses().that().resideInAnyPackage("..query.balance..",
      "..query.audit..", "..query.usage..", "..query.settlement..", "..query.provider..", "..query.discrepancy..")
      .should().dependOnClassesThat().resideInAnyPackage("..query.intake..", "..query.rebuild..");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED = noClasses().should().callMethod(Instant.class, "now")
      .orShould().callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule ONE_CLOCK = noClasses().that().resideOutsideOfPackage("..query.wiring..").should()
      .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule NO_FIELD_INJECTION = noFields().should().beAnnotatedWith(Autowired.class);
}
