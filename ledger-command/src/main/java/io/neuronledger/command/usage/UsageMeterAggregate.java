package io.neuronledger.command.usage;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/** The Axon aggregate around {@link UsageMeter}. */
@AggregateRoot(type = UsageMeterAggregate.TYPE)
public final class UsageMeterAggregate {
  static final String TYPE = "usage-meter";

  @AggregateIdentifier
  private String id = "";
  private UsageMeter state = UsageMeter.UNUSED;

  /** For Axon, which fills it from the stream's last event. */
  UsageMeterAggregate() {}

  private UsageMeterAggregate(String id) {
    this.id = id;
  }

  /** A meter without events. */
  static UsageMeterAggregate unused(SubAccountId subAccount) {
    return new UsageMeterAggregate(idOf(subAccount));
  }

  /** {@code usage-meter:<owner>:<provider>:<service>}: the prefix keeps two aggregate types out of one stream. */
  static String idOf(SubAccountId subAccount) {
    return TYPE + ":" + subAccount.owner() + ":" + subAccount.provider() + ":" + subAccount.service();
  }

  void record(SubAccountId subAccount, List<UsageLine> accepted) {
    requireMetered(subAccount);
    state.decide(subAccount, accepted).forEach(AggregateLifecycle::apply);
  }

  /** @return the event */
  UsageEvent.UsageReversed reverse(SubAccountId subAccount, UsageLine line, Correction correction, Instant at) {
    requireMetered(subAccount);
    UsageEvent.UsageReversed reversed = state.reverse(subAccount, line, correction, at);
    AggregateLifecycle.apply(reversed);
    return reversed;
  }

  private void requireMetered(SubAccountId subAccount) {
    if (!id.equals(idOf(subAccount))) {
      throw new IllegalArgumentException(id + " does not meter " + subAccount);
    }
  }

  @EventSourcingHandler
  void on(UsageEvent.Metered event) {
    id = idOf(event.subAccount());
    state = UsageMeter.after(event);
  }
}
