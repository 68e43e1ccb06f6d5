package io.neuronledger.indexer.decode.zerog.price;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.contract.ServiceView;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.settlement.ProviderService;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the serving contracts what the logs of prices lack. A view answers for the end of the block: it belongs to
 * the provider's last update there, and what earlier ones of the block published stays unknown. A block without an
 * update needs no request. A node that refuses the question does not stop following: no balance depends on it.
 */
public final class PriceReader {
  private static final Logger LOG = LoggerFactory.getLogger(PriceReader.class);
  /** The views' limit for services. */
  private static final int PAGE = 50;

  private final ChainNode node;

  public PriceReader(ChainNode node) {
    this.node = node;
  }

  /**
   * The additional information of the block's updates of inference services; those of fine-tuning have none.
   *
   * @param model the state before the block
   * @param registrations the serving contracts that register in this block
   * @throws RpcFailure only if the node may answer the next time
   */
  public AdditionalInfo in(BlockData block, ContractModel model,
      Map<WalletAddress, ServiceRegistration> registrations) {
    Map<ProviderService, LogEntry> updates = new HashMap<>();
    for (LogEntry log : block.logs()) {
      if (model.service(log.emitter()).isPresent() || registrations.containsKey(log.emitter())) {
        provider(log).ifPresent(provider -> updates.put(new ProviderService(log.emitter(), provider), log));
      }
    }
    updates.values().removeIf(log -> !log.topics().getFirst().equals(LogForm.SERVICE_UPDATED.topic()));
    PinnedCalls calls = new PinnedCalls(node, block.header().ref());
    Map<Integer, String> byLog = new HashMap<>();
    updates.forEach((service, log) -> {
      try {
        byLog.put(log.index(), calls.view(service.contract(), ServiceView.input(service.provider()),
            answer -> PriceViews.additionalInfo(service.provider(), answer)));
      } catch (RpcFailure failure) {
        requireRefused(failure);
        LOG.warn("tiers, cache price and denomination of {} since block {} are unknown: {}", service.provider(),
            block.header().number(), failure.getMessage());
      }
    });
    return new AdditionalInfo(byLog);
  }

  /** The provider whose service the log updates or removes; empty for other logs, and malformed ones. */
  private static Optional<WalletAddress> provider(LogEntry log) {
    LogForm form = LogForm.BY_TOPIC.get(log.topics().getFirst());
    if (form != LogForm.SERVICE_UPDATED && form != LogForm.SERVICE_REMOVED) {
      return Optional.empty();
    }
    try {
      return switch (form.read(log)) {
        case ContractLog.ServiceUpdated updated -> Optional.of(updated.provider());
        case ContractLog.ServiceRemoved removed -> Optional.of(removed.provider());
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();   // decoding the log stops at it, and explains it
    }
  }

  /**
   * The prices in force at a block with which following starts; none where the node refuses the question, which is
   * logged: they are known from the providers' next updates on.
   *
   * @param contract the serving contract
   * @throws RpcFailure only if the node may answer the next time
   */
  public List<ChainEvent> all(WalletAddress contract, ServiceInfo service, BlockRef block) {
    PinnedCalls calls = new PinnedCalls(node, block);
    try {
      List<Map.Entry<WalletAddress, ServicePrice>> prices = service.isFineTuning()
          ? calls.view(contract, PriceViews.fineTuningServices(), PriceViews::fineTuningServices)
          : calls.list(contract, PAGE, PriceViews::services, PriceViews::services);
      List<ChainEvent> events = new ArrayList<>();
      prices.forEach(each ->
          events.add(new ChainEvent.PriceSet(each.getKey(), service.name(), Optional.of(each.getValue()))));
      return events;
    } catch (RpcFailure failure) {
      requireRefused(failure);
      LOG.warn("the prices of {} at block {} are unknown until their next updates: {}", service.name(), block.number(),
          failure.getMessage());
      return List.of();
    }
  }

  private static void requireRefused(RpcFailure failure) {
    if (!failure.refusesTheQuestion()) {
      throw failure;
    }
  }
}
