import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.Received;
import io.neuronledger.client.Subscription;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.contracts.event.LedgerEvent.FeesSettled;
import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Prints what providers take from an owner, in 0G. Arguments: ledger-query, a header file, the owner. */
class Settled {
  public static void main(String[] args) throws Exception {
    String key = Files.readString(Path.of(args[1])).strip().replace("Authorization: Bearer ", "");
    LedgerClient ledger = LedgerClient.of(Services.of(args[0]), TokenSource.fixed(key));
    // Without untilLast() it goes on for ever, through broken connections and restarts of the ledger.
    Subscription subscription = Subscription.of(args[2], "beginning").untilLast();
    try (Stream<Received<PublicEvent>> events = ledger.subscribe(subscription)) {
      events.forEach(each -> {
        switch (each.record().event().orElse(null)) {
          case FeesSettled settled -> System.out.println("settled " + settled.amount().toZeroG());
          case LedgerRewound fork -> System.out.println("taken back from block " + fork.fromBlock() + " on");
          case null, default -> { } // Store each.id() with what you do, to go on there.
        }
      });
    }
  }
}
