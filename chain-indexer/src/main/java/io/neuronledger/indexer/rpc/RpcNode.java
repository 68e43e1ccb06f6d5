package io.neuronledger.indexer.rpc;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.RpcHttp;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import io.neuronledger.indexer.rpc.http.RpcMeters;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node behind one URL. Sends batches, smaller ones where the node refuses large ones, and repeats a request after a
 * transient failure. Each request ends within its deadline. Not thread-safe.
 */
public final class RpcNode {
  private final String name;
  private final RpcHttp http;
  private final Repeats repeats;
  private final AdaptiveSize callsPerRequest;
  private final RpcMeters meters;
  /** Whether a request and all its repeats failed, and none succeeded since: repeats would only take time. */
  private boolean down;

  public RpcNode(URI url, HttpClient http, RpcLimits limits, Repeats repeats, MeterRegistry registry) {
    // Path, query and user info may contain providers' keys: they must not appear in logs, metrics or health.
    this.name = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    this.meters = new RpcMeters(registry, name);
    this.http = new RpcHttp(url, name, http, limits, meters);
    this.repeats = repeats;
    this.callsPerRequest = new AdaptiveSize(Math.min(100, limits.callsPerRequestMax()), limits.callsPerRequestMax());
  }

  /** Host and port: the name for operators, without the credentials that a URL may contain. */
  public String name() {
    return name;
  }

  public RpcBatch batch() {
    return new RpcBatch(this);
  }

  /** One call by itself. */
  public <T> T call(RpcCall<T> call) {
    RpcBatch batch = batch();
    RpcAnswer<T> answer = batch.add(call);
    batch.send();
    return answer.get();
  }

  /** A failure for an answer that contradicts another one of this node, or the chain itself; counted in the metrics. */
  public RpcFailure contradicts(String what) {
    meters.failed(RpcFailure.Kind.INCONSISTENT);
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, withName(what));
  }

  void send(List<RpcAnswer<?>> answers, Optional<BlockHashCheck<?>> pin) {
    answers.forEach(RpcAnswer::clear);
    int sizeBefore = callsPerRequest.current();
    boolean apart = false;
    int failures = 0;
    for (List<RpcAnswer<?>> open = answers; !open.isEmpty(); open = unanswered(answers)) {
      boolean together = pin.isPresent() && callsPerRequest.current() > 1;
      if (pin.isPresent() && !together && !apart) {
        exchangeAlone(pin.get());
        apart = true;
      }
      int room = callsPerRequest.current() - (together ? 1 : 0);
      List<RpcAnswer<?>> some = open.subList(0, Math.min(room, open.size()));
      Optional<RpcFailure> failure = exchange(some, together ? pin.map(BlockHashCheck::asked) : Optional.empty());
      boolean progress = some.stream().anyMatch(RpcAnswer::answered);
      failures = failure.isEmpty() ? 0 : progress ? 1 : failures + 1;
      if (failure.isPresent() && !repeat(failure.get(), failures) && !progress) {
        askForLess(failure.get(), some.size() + (together ? 1 : 0), sizeBefore);
      }
    }
    if (apart) {
      exchangeAlone(pin.orElseThrow());
    }
  }

  private static List<RpcAnswer<?>> unanswered(List<RpcAnswer<?>> answers) {
    List<RpcAnswer<?>> open = new ArrayList<>();
    for (RpcAnswer<?> answer : answers) {
      if (!answer.answered()) {
        open.add(answer);
      }
    }
    return open;
  }

  /**
   * Sends one request. Answers are kept only if the pin came with them and holds.
   *
   * @return empty where every call was answered
   * @throws RpcFailure if the pin does not hold
   */
  private Optional<RpcFailure> exchange(List<RpcAnswer<?>> some, Optional<BlockHashCheck.Asked<?>> pinned) {
    List<RpcAnswer<?>> calls = new ArrayList<>(some);
    pinned.ifPresent(asked -> calls.add(asked.answer()));
    Optional<RpcFailure> failed = Optional.empty();
    try {
      http.exchange(calls);
      callsPerRequest.worked(calls.size());
    } catch (RpcFailure failure) {
      meters.failed(failure.kind());
      failed = Optional.of(failure);
    }
    down &= calls.stream().noneMatch(RpcAnswer::answered);
    if (pinned.filter(asked -> !asked.answer().answered()).isPresent()) {
      some.forEach(RpcAnswer::clear);
    } else {
      pinned.ifPresent(BlockHashCheck.Asked::check);
    }
    return failed;
  }

  private boolean repeat(RpcFailure failure, int failures) {
    if (!down && repeats.waitToRepeat(failure, failures)) {
      meters.retried(failure.kind());
      return true;
    }
    down |= failure.mayPass();
    return false;
  }

  /**
   * @param sizeBefore the number of calls per request before this batch
   * @throws RpcFailure where a smaller request does not help
   */
  private void askForLess(RpcFailure failure, int calls, int sizeBefore) {
    if (!failure.kind().mayBeTooMuch()) {
      throw failure;
    }
    if (!callsPerRequest.failed(calls)) {
      if (failure.kind() != RpcFailure.Kind.DEADLINE) {
        // A single call fails too, for an old state for example: the size is not the cause.
        callsPerRequest.restore(sizeBefore);
      }
      throw failure;
    }
    meters.retried(failure.kind());
  }

  private void exchangeAlone(BlockHashCheck<?> pin) {
    BlockHashCheck.Asked<?> asked = pin.asked();
    int failures = 0;
    while (!asked.answer().answered()) {
      Optional<RpcFailure> failure = exchange(List.of(), Optional.of(asked));
      failures++;
      if (failure.isPresent() && !repeat(failure.get(), failures)) {
        throw failure.get();
      }
    }
  }

  private String withName(String what) {
    return name + ": " + what;
  }
}
