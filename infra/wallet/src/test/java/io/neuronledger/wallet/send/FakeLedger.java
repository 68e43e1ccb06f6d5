package io.neuronledger.wallet.send;

import io.neuronledger.wallet.fixture.FakeServer;
import io.neuronledger.wallet.fixture.FakeServer.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A ledger that answers what a test wants: an owner with 10 0G, of which 5 are in a sub-account, 2 asked back. */
final class FakeLedger implements AutoCloseable {
  static final String CONTRACT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
  static final String PROVIDER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  volatile String family = "account-ledger";
  volatile String chainId = "31337";
  volatile String contract = CONTRACT;
  /** Of the owner's list after a transaction; none until the ledger shows it. */
  volatile String entries = """
      {"id":"3-17","type":"funds-deposited.v1","details":{},"postings":[],"recorded_at":"2026-11-28T12:00:05Z",
       "retracted":false,"position":{"block":17,"transaction":0,"step":0}}""";
  /** From the second answer on. */
  volatile Optional<String> laterEntries = Optional.empty();
  /** In place of the owner's list. */
  volatile Optional<Answer> entriesAnswer = Optional.empty();
  /** Until then it answers nothing about a transaction. */
  volatile CountDownLatch silentUntil = new CountDownLatch(0);
  /** As of which it answers. */
  volatile long block = 16;
  volatile String services = "{\"service\":\"inference-v1.0\",\"lock_seconds\":86400}";
  volatile boolean finalized;
  volatile boolean behind;
  /** Whether the owner has none. */
  volatile boolean noLedger;
  /** Whether it has one, as of block 17, once the newest block is asked for after an answer that there is none. */
  volatile boolean opensMeanwhile;
  private volatile boolean missed;
  /** In place of the owner's ledger. */
  volatile Optional<String> holdings = Optional.empty();
  private final FakeServer server = new FakeServer(each -> answer(each.path()));

  private String asOf() {
    return """
        {"block":%d,"block_hash":"0x%s","block_time":"2026-11-28T12:00:00Z","finalized":%s,"behind":%s}"""
        .formatted(block, "ef".repeat(32), finalized, behind);
  }

  private Answer answer(String path) {
    asked.add(path);
    if (path.startsWith("/v1/status")) {
      if (opensMeanwhile && missed) {
        noLedger = false;
        block = 17;
      }
      return new Answer(200, """
          {"deployment":{"chain_id":%s,"family":"%s","contracts":["%s"],"start_block":1,"decoder_version":2,
           "partitions":16},"as_of":%s,"following":{"state":"following","behind":false},"guard":[],
           "quarantined_owners":0,"blocks":{"next_seq":1,"branch":0},"partitions":[]}"""
          .formatted(chainId, family, contract, asOf()));
    }
    if (path.startsWith("/v1/services")) {
      return new Answer(200, """
          {"as_of":%s,"services":[%s],"has_more":false}""".formatted(asOf(), services));
    }
    if (noLedger) {
      missed |= path.contains("/entries");
      return new Answer(404, "{\"code\":\"ledger-not-found\",\"detail\":\"no ledger\"}");
    }
    if (path.contains("/entries")) {
      try {
        silentUntil.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (entriesAnswer.isPresent()) {
        return entriesAnswer.get();
      }
      String shown = entries;
      entries = laterEntries.orElse(entries);
      return new Answer(200, """
          {"as_of":%s,"quarantined":false,"owner":"%s","entries":[%s],"has_more":false}"""
          .formatted(asOf(), PROVIDER, shown));
    }
    if (holdings.isPresent()) {
      return new Answer(200, holdings.get());
    }
    return new Answer(200, """
        {"as_of":%s,"quarantined":false,"owner":"%s","state":"open","available":"5000000000000000000",
         "locked":"5000000000000000000","total":"10000000000000000000","detail":{"sums":{},"services":[],
         "sub_accounts":[{"provider":"%s","service":"inference-v1.0","balance":"5000000000000000000",
         "pending_refund":"2000000000000000000","free":"3000000000000000000","used":"0","settled":"0",
         "written_off":"0","unsettled":"0","unreported":"0","spendable":"3000000000000000000","shortfall":"0",
         "acknowledged":true,"refunds":[{"id":"9-0-0-0-0","amount":"2000000000000000000",
         "requested_at":"2026-11-28T06:00:00Z","unlocks_at":"2026-11-29T06:00:00Z","state":"waiting",
         "remaining_seconds":64800}]}]}}""".formatted(asOf(), PROVIDER, PROVIDER));
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
