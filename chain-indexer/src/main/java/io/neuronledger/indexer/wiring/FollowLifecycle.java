package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.wiring.settings.StartRefused;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts and stops the service with the application. */
@Component
class FollowLifecycle implements SmartLifecycle {
  private final IndexerService service;

  FollowLifecycle(IndexerService service) {
    this.service = service;
  }

  /** @throws StartRefused if the service must not start with these nodes or with the stored data */
  @Override
  public void start() {
    try {
      service.start();
    } catch (FollowingHalted e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void stop() {
    service.close();
  }

  @Override
  public boolean isRunning() {
    return service.isRunning();
  }
}
