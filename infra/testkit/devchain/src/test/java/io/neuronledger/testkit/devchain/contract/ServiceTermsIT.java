package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.ADMIN;
import static io.neuronledger.testkit.devchain.contract.Scene.DAY;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTermsIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Scene scene = new Scene();

  @ParameterizedTest
  @ValueSource(strings = {"fine-tuning-v1.1", "音声-v1.0", "a", "with: colon / slash \"quote\""})
  void any_name_can_be_registered_once(String name) {
    ServiceName service = ServiceName.of(name);
    assertThat(scene.logs(scene.contract.registerService(ADMIN, service, HOUR)))
        .containsExactly(log("ServiceRegistered", service, HOUR));
    assertThat(scene.contract.views().services(BlockRef.latest())).containsExactly(
        new ServiceAt(INFERENCE, DAY), new ServiceAt(FINE_TUNING, DAY), new ServiceAt(service, HOUR));
    scene.refused(scene.contract.registerService(ADMIN, service, DAY), "ServiceAlreadyRegistered");
  }

  @Test
  void a_service_needs_a_name() {
    scene.refused(scene.contract.registerService(ADMIN, ServiceName.of(""), DAY), "ServiceNameEmpty");
  }

  @Test
  void the_lock_period_is_one_hour_to_seven_days() {
    for (Duration allowed : new Duration[] {HOUR, WEEK}) {
      assertThat(scene.logs(scene.contract.setLockPeriod(ADMIN, INFERENCE, allowed)))
          .containsExactly(log("LockPeriodSet", INFERENCE, allowed));
      assertThat(scene.contract.views().lockPeriod(INFERENCE, BlockRef.latest())).isEqualTo(allowed);
    }
    ServiceName other = ServiceName.of("other-v1.0");
    for (Duration beyond : new Duration[] {HOUR.minus(SECOND), WEEK.plus(SECOND)}) {
      scene.refused(scene.contract.setLockPeriod(ADMIN, INFERENCE, beyond), "LockPeriodOutOfRange");
      scene.refused(scene.contract.registerService(ADMIN, other, beyond), "LockPeriodOutOfRange");
    }
    scene.refused(scene.contract.setLockPeriod(ADMIN, other, DAY), "ServiceUnknown");
  }

  @Test
  void setting_an_equal_value_emits_no_log() {
    assertThat(scene.logs(scene.contract.setLockPeriod(ADMIN, INFERENCE, DAY))).isEmpty();
  }

  @Test
  void only_the_contracts_owner_sets_terms() {
    assertThat(scene.refused(scene.contract.setLockPeriod(scene.owner, INFERENCE, HOUR), "NotContractOwner")
        .arguments()).containsExactly(scene.owner.address());
    scene.refused(scene.contract.registerService(scene.owner, ServiceName.of("x"), HOUR), "NotContractOwner");
  }

  @Test
  void a_shorter_period_unlocks_pending_refunds() {
    Instant asked = askedBack();
    scene.contract.await(scene.contract.setLockPeriod(ADMIN, INFERENCE, HOUR));
    assertThat(scene.retrieveAt(asked.plus(HOUR).minusSeconds(1))).isEmpty();
    assertThat(scene.retrieveAt(asked.plus(HOUR))).extracting(each -> each.name()).containsExactly("Transfer");
  }

  @Test
  void a_longer_period_relocks_claimable_refunds() {
    Instant asked = askedBack();
    Scene.node().setNextBlockTime(asked.plus(DAY));
    scene.contract.await(scene.contract.setLockPeriod(ADMIN, INFERENCE, WEEK));
    assertThat(scene.retrieveAt(asked.plus(WEEK).minusSeconds(1))).isEmpty();
    assertThat(scene.retrieveAt(asked.plus(WEEK))).extracting(each -> each.name()).containsExactly("Transfer");
  }

  @Test
  void another_services_period_changes_nothing_here() {
    Instant asked = askedBack();
    scene.contract.await(scene.contract.setLockPeriod(ADMIN, FINE_TUNING, HOUR));
    assertThat(scene.retrieveAt(asked.plus(DAY).minusSeconds(1))).isEmpty();
    assertThat(scene.retrieveAt(asked.plus(DAY))).hasSize(1);
  }

  private Instant askedBack() {
    scene.deposit("10");
    scene.transfer("4");
    scene.retrieve();
    return Scene.now();
  }
}
