package io.neuronledger.query.events;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What happens, from the first event on and as it is recorded? */
@RestController
class EventController {
  private final Subscriptions subscriptions;
  private final Subscriptions.Source events;

  EventController(Subscriptions subscriptions, EventTail tail, EventHistory history) {
    this.subscriptions = subscriptions;
    this.events = new Subscriptions.Source(tail, history);
  }

  @GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(EventsFilter filter, Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    subscriptions.answer(events, request, response, caller, Optional.empty(), filter);
  }

  @GetMapping(path = "/v1/ledgers/{owner}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void eventsOfOwner(@PathVariable WalletAddress owner, EventsFilter filter, Caller caller, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    subscriptions.answer(events, request, response, caller, Optional.of(owner), filter);
  }
}
