package io.neuronledger.wallet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.neuronledger.wallet.option.Surroundings;
import java.time.Duration;
import java.time.Instant;
import org.web3j.crypto.TransactionEncoder;

/** The allowed package dependencies. Each rule was seen to fail. */
@AnalyzeClasses(packages = "io.neuronledger.wallet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.neuronledger.wallet.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PLANNING_ASKS_NOBODY = noClasses().that()
      .resideInAnyPackage("..wallet.plan..", "..wallet.funding..").should().dependOnClassesThat()
      .resideInAnyPackage("java.net..", "java.nio.file..", "org.web3j..", "okhttp3..", "io.neuronledger.client..",
          "picocli..");

  /** One place signs, and it is given all that was shown. */
  @ArchTest
  static final ArchRule KEYS_ARE_IN_ONE_PLACE = noClasses().that().haveNameNotMatching(".*WalletKey").should()
      .dependOnClassesThat().areAssignableTo(TransactionEncoder.class).orShould()
      .dependOnClassesThat().haveFullyQualifiedName("org.web3j.crypto.Credentials").orShould()
      .dependOnClassesThat().haveFullyQualifiedName("org.web3j.crypto.Sign");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED = noClasses().that().doNotBelongToAnyOf(Surroundings.class).should()
      .callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis").orShould()
      .callMethod(Thread.class, "sleep", Duration.class);
}
