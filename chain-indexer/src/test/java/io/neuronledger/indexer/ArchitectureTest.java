package io.neuronledger.indexer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.foundation.partitionlog.StoredNames;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** The allowed package dependencies and the limits of the frameworks. Each rule was seen to fail. */
@AnalyzeClasses(packages = "io.neuronledger.indexer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_KNOW_ONLY_WHAT_STANDS_BELOW = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("service").definedBy("io.neuronledger.indexer")
      .layer("wiring").definedBy("..indexer.wiring..")
      .layer("report").definedBy("..indexer.report..")
      .layer("follow").definedBy("..indexer.follow..")
      .layer("families").definedBy("..indexer.decode.*..")
      .layer("decode").definedBy("io.neuronledger.indexer.decode")
      .layer("publish").definedBy("..indexer.publish..")
      .layer("guard").definedBy("..indexer.guard..")
      .layer("chain").definedBy("..indexer.chain..")
      .layer("rpc").definedBy("..indexer.rpc..")
      .whereLayer("service").mayNotBeAccessedByAnyLayer()
      .whereLayer("wiring").mayNotBeAccessedByAnyLayer()
      .whereLayer("report").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("follow").mayOnlyBeAccessedByLayers("report", "wiring")
      .whereLayer("families").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("decode").mayOnlyBeAccessedByLayers("families", "follow", "wiring")
      .whereLayer("publish").mayOnlyBeAccessedByLayers("report", "follow", "wiring")
      .whereLayer("guard").mayOnlyBeAccessedByLayers("decode", "families", "follow", "wiring")
      .whereLayer("chain").mayOnlyBeAccessedByLayers("guard", "decode", "families", "follow", "wiring")
      .whereLayer("rpc").mayOnlyBeAccessedByLayers("chain", "guard", "families", "follow", "wiring");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.neuronledger.indexer.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SPRING_ENDS_AT_THE_WIRING = noClasses().that().resideInAnyPackage("..rpc..", "..chain..",
      "..decode..", "..follow..", "..report..", "..publish..").should().dependOnClassesThat()
      .resideInAnyPackage("org.springframework..", "jakarta..");

  @ArchTest
  static final ArchRule KAFKA_IS_WRITTEN_BY_PUBLISH_ALONE = noClasses().that()
      .resideOutsideOfPackages("..publish..", "..wiring..").should().dependOnClassesThat()
      .resideInAPackage("org.apache.kafka.clients..");

  /** The Kafka clients are created in one place, with the settings that exactly-once processing requires. */
  @ArchTest
  static final ArchRule CLIENTS_COME_FROM_THE_PARTITION_LOG = noClasses()
      .should().dependOnClassesThat().haveFullyQualifiedName("org.apache.kafka.clients.consumer.KafkaConsumer")
      .orShould().dependOnClassesThat().haveFullyQualifiedName("org.apache.kafka.clients.producer.KafkaProducer")
      .orShould().callMethod(Admin.class, "create", Map.class)
      .orShould().callMethod(Admin.class, "create", Properties.class);

  @ArchTest
  static final ArchRule DECODING_ASKS_NOBODY = noClasses().that().resideInAPackage("..decode.accountledger..")
      .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.file..", "org.apache.kafka..",
      "..indexer.rpc..");

  @ArchTest
  static final ArchRule WEB3J_BRINGS_TYPES_ALONE = noClasses().that().doNotHaveSimpleName("Web3jTransport").should()
      .dependOnClassesThat().resideInAnyPackage("io.reactivex..", "org.web3j.protocol.rx..",
          "org.web3j.protocol.http..", "org.web3j.protocol.websocket..", "org.web3j.protocol.ipc..");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED = noClasses().should().callMethod(Instant.class, "now")
      .orShould().callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule NO_OTHER_SERVICE = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("io.neuronledger.command..", "io.neuronledger.query..", "org.axonframework..", "org.jooq..");

  @ArchTest
  static final ArchRule PUBLISHED_LANGUAGE_IS_PLAIN = classes().that().areRecords().and()
      .resideInAPackage("..publish..").should().onlyDependOnClassesThat(
          JavaClass.Predicates.resideInAnyPackage("java..", "io.neuronledger.contracts..", "..indexer.publish..",
              "org.apache.kafka..", "com.fasterxml.jackson.annotation..")
              .or(JavaClass.Predicates.equivalentTo(StoredNames.class)));
}
