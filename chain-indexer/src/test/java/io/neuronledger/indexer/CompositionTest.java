package io.neuronledger.indexer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.report.FollowingReporter;
import io.neuronledger.indexer.wiring.IndexerService;
import java.util.Set;

/** One place connects the parts of the service, for production and for tests. */
@AnalyzeClasses(packages = "io.neuronledger.indexer")
class CompositionTest {
  private static final Set<Class<?>> PARTS = Set.of(FollowLoop.class, FollowingReporter.class);

  @ArchTest
  static final ArchRule THE_SERVICE_ALONE_CREATES_ITS_PARTS = noClasses().that()
      .doNotHaveFullyQualifiedName(IndexerService.class.getName()).should()
      .callConstructorWhere(describe("of a part", (JavaConstructorCall call) ->
          PARTS.stream().anyMatch(part -> call.getTargetOwner().isEquivalentTo(part))));

  @ArchTest
  static final ArchRule THE_SERVICE_NEEDS_NO_SPRING = noClasses().that()
      .haveFullyQualifiedName(IndexerService.class.getName()).should()
      .dependOnClassesThat().resideInAnyPackage("org.springframework..", "jakarta..");
}
