package io.neuronledger.command;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.command.intake.ChainEventIntake;
import io.neuronledger.command.partition.PartitionStores;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.report.UsageReportIntake;
import io.neuronledger.command.resolution.Resolutions;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.command.wiring.CommandService;
import io.neuronledger.command.wiring.Recorders;
import java.util.Set;

/** One place connects the parts of the service, for production and for tests. */
@AnalyzeClasses(packages = "io.neuronledger.command")
class CompositionTest {
  private static final Set<Class<?>> PARTS = Set.of(ChainEventIntake.class, UsageReportIntake.class,
      PartitionStores.class, PartitionTransactions.class, QuarantineRelease.class, UsageRecorder.class,
      Resolutions.class);

  @ArchTest
  static final ArchRule THE_SERVICE_ALONE_CREATES_ITS_PARTS = noClasses().that()
      .doNotBelongToAnyOf(CommandService.class, Recorders.class).should()
      .callConstructorWhere(describe("of a part", (JavaConstructorCall call) ->
          PARTS.stream().anyMatch(part -> call.getTargetOwner().isEquivalentTo(part))));

  @ArchTest
  static final ArchRule THE_SERVICE_IS_NOT_WIRED_BY_SPRING = noClasses().that()
      .belongToAnyOf(CommandService.class, Recorders.class).should().dependOnClassesThat()
      .resideInAnyPackage("org.springframework.context..", "org.springframework.beans..",
          "org.springframework.boot..");
}
