package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.query.events.EventHistory;
import io.neuronledger.query.events.EventTail;
import io.neuronledger.query.generation.PooledConnections;
import io.neuronledger.query.webhook.EventFeed;
import io.neuronledger.query.webhook.Webhooks;
import io.neuronledger.query.webhook.delivery.Deliverer;
import io.neuronledger.query.webhook.delivery.MakerCheck;
import io.neuronledger.query.webhook.delivery.MessageStore;
import io.neuronledger.query.webhook.delivery.WebhookSecrets;
import io.neuronledger.query.webhook.delivery.WebhookSettings;
import io.neuronledger.query.webhook.delivery.WebhookStore;
import io.neuronledger.query.webhook.sending.TargetClient;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Webhooks, where the operator has set the secret that they need. */
@Configuration
@Conditional(WebhookWiring.SecretIsSet.class)
class WebhookWiring {
  static final class SecretIsSet implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty("neuron-ledger.webhooks.secret", "").isEmpty();
    }
  }

  @Bean(initMethod = "start")
  Webhooks webhooks(Settings settings, ConnectionPools pools, QueryService service, EventTail tail,
      EventHistory history, @Qualifier("alertTail") EventTail alertTail,
      @Qualifier("alertHistory") EventHistory alertHistory, AccessSettings access, ApiKeyDirectory keys,
      MeterRegistry meters) {
    WebhookSettings own = settings.webhooks();
    String beside = service.generations().beside();
    Clock clock = Clock.systemUTC();
    Deliverer.Parts parts = new Deliverer.Parts(PooledConnections.on(pools.webhooks()),
        new WebhookStore(beside), new MessageStore(beside), new WebhookSecrets(own),
        new TargetClient(own.addresses(), own.connectTimeout(), own.timeout(), clock),
        new MakerCheck(access.open(), keys), clock, meters);
    return new Webhooks(parts, pools.webhooks(), beside,
        List.of(EventFeed.ofEvents(tail, history), EventFeed.ofAlerts(alertTail, alertHistory)), own);
  }
}
