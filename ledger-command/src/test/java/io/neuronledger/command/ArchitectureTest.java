package io.neuronledger.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** The allowed dependencies of packages and the limits of frameworks. Each rule is known to fail on a violation. */
@AnalyzeClasses(packages = "io.neuronledger.command", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_KNOW_ONLY_WHAT_STANDS_BELOW = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("service").definedBy("io.neuronledger.command")
      .layer("wiring").definedBy("..command.wiring..")
      .layer("edges").definedBy("..command.intake..", "..command.report..", "..command.admin..",
          "..command.resolution..", "..command.publish..", "..command.signin..")
      .layer("partition").definedBy("..command.partition..")
      .layer("usage").definedBy("..command.usage..")
      .layer("lock and quarantine").definedBy("..command.lock..", "..command.quarantine..")
      .layer("store").definedBy("..command.store..")
      .layer("account").definedBy("..command.account..")
      .layer("key").definedBy("io.neuronledger.command.key..")
      .whereLayer("service").mayNotBeAccessedByAnyLayer()
      .whereLayer("wiring").mayOnlyBeAccessedByLayers("service")
      .whereLayer("edges").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("partition").mayOnlyBeAccessedByLayers("edges", "wiring")
      .whereLayer("usage").mayOnlyBeAccessedByLayers("edges", "wiring")
      .whereLayer("lock and quarantine").mayOnlyBeAccessedByLayers("partition", "edges", "wiring")
      .whereLayer("store").mayOnlyBeAccessedByLayers("lock and quarantine", "partition", "usage", "edges", "wiring")
      .whereLayer("account").mayOnlyBeAccessedByLayers("store", "lock and quarantine", "partition", "usage", "edges",
          "wiring")
      .whereLayer("key").mayOnlyBeAccessedByLayers("store", "edges", "wiring");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.neuronledger.command.(*)..").should().beFreeOfCycles();

  /** The rules of accounts and usage are plain Java; only the aggregate classes depend on Axon. */
  @ArchTest
  static final ArchRule A_RULE_IS_PLAIN_JAVA = noClasses().that()
      .resideInAnyPackage("..command.account..").and().haveSimpleNameNotEndingWith("Aggregate")
      .should().dependOnClassesThat().resideInAnyPackage("org.axonframework..", "org.springframework..", "java.sql..",
          "org.apache.kafka..", "tools.jackson..", "com.fasterxml.jackson..", "org.slf4j..");

  @ArchTest
  static final ArchRule METERING_IS_PLAIN_JAVA = noClasses().that().haveSimpleName("UsageMeter")
      .or().haveSimpleName("UsageAcceptance").or().haveSimpleName("RequestDigest")
      .should().dependOnClassesThat().resideInAnyPackage("org.axonframework..", "org.springframework..", "java.sql..");

  /** Rules decide events from a state; a state is evolved by events, and knows no rule. */
  @ArchTest
  static final ArchRule A_STATE_KNOWS_NO_RULE = noClasses().that().resideInAPackage("io.neuronledger.command.account")
      .should().dependOnClassesThat().resideInAnyPackage("..command.account.rules..", "..command.account.aggregate..");

  /** Replay would repeat a side effect. */
  @ArchTest
  static final ArchRule A_RULE_HAS_NO_CLOCK_AND_NO_IO = noClasses().that().resideInAnyPackage("..command.account..")
      .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.io..", "java.util.concurrent..")
      .orShould().dependOnClassesThat().areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule TIME_IS_INJECTED = noClasses().should().callMethod(Instant.class, "now")
      .orShould().callMethod(OffsetDateTime.class, "now").orShould().callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule NO_OTHER_SERVICE = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("io.neuronledger.indexer..", "io.neuronledger.query..", "org.jooq..", "org.web3j..");

  /** The Kafka clients are created in one place, with the settings that exactly-once processing requires. */
  @ArchTest
  static final ArchRule CLIENTS_COME_FROM_THE_PARTITION_LOG = noClasses()
      .should().dependOnClassesThat().haveFullyQualifiedName("org.apache.kafka.clients.consumer.KafkaConsumer")
      .orShould().dependOnClassesThat().haveFullyQualifiedName("org.apache.kafka.clients.producer.KafkaProducer")
      .orShould().callMethod(Admin.class, "create", Map.class)
      .orShould().callMethod(Admin.class, "create", Properties.class);

  @ArchTest
  static final ArchRule CLIENTS_ARE_CREATED_BY_THE_WIRING = noClasses().that().resideOutsideOfPackage("..wiring..")
      .should().dependOnClassesThat().belongToAnyOf(KafkaClients.class);

  @ArchTest
  static final ArchRule SPRING_KAFKA_LISTENS_TO_REPORTS_ALONE = noClasses().that()
      .resideOutsideOfPackages("..wiring..", "..report..")
      .should().dependOnClassesThat().resideInAPackage("org.springframework.kafka..");

  @ArchTest
  static final ArchRule EVENTS_ARE_WRITTEN_BY_THE_STORE = noClasses().that().resideOutsideOfPackage("..store..")
      .should().dependOnClassesThat().resideInAPackage("org.axonframework.eventsourcing.eventstore.jdbc..");

  @ArchTest
  static final ArchRule CONFIGURATION_IS_WIRING = classes().that()
      .areAnnotatedWith("org.springframework.context.annotation.Configuration")
      .should().resideInAPackage("..wiring..");
}
