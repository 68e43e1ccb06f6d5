package io.neuronledger.query.alert;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertsPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.events.EventsFilter;
import io.neuronledger.query.events.Subscriptions;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What holds now, what has held, and what comes? */
@RestController
class AlertController {
  private final Alerts alerts;
  private final Subscriptions subscriptions;
  private final Subscriptions.Source events;

  AlertController(Alerts alerts, Subscriptions subscriptions, @Qualifier("alertEvents") Subscriptions.Source events) {
    this.alerts = alerts;
    this.subscriptions = subscriptions;
    this.events = events;
  }

  @GetMapping(path = "/v1/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
  AlertsPage alerts(AlertFilter filter, Page page) {
    return alerts.page(filter, page);
  }

  @GetMapping(path = "/v1/alerts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  AlertView alert(@PathVariable UUID id, @RequestParam Optional<WalletAddress> owner) {
    return alerts.one(id, owner);
  }

  @GetMapping(path = "/v1/alerts/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(EventsFilter filter, Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    subscriptions.answer(events, request, response, caller, Optional.empty(), filter);
  }

  @GetMapping(path = "/v1/ledgers/{owner}/alerts/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void eventsOfOwner(@PathVariable WalletAddress owner, EventsFilter filter, Caller caller, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    subscriptions.answer(events, request, response, caller, Optional.of(owner), filter);
  }
}
