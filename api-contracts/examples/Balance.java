import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.model.Ledger;
import io.neuronledger.contracts.value.Neuron;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what an owner has, and each of its settlements, in 0G. Arguments: ledger-query, a header file, the owner. */
class Balance {
  public static void main(String[] args) throws Exception {
    String key = Files.readString(Path.of(args[1])).strip().replace("Authorization: Bearer ", "");
    LedgerClient ledger = LedgerClient.of(Services.of(args[0]), TokenSource.fixed(key));
    try {
      Ledger has = new BalancesApi(ledger.query()).ledger(APILedgerRequest.newBuilder().owner(args[2]).build());
      System.out.println(has.getState() + ": " + Neuron.parse(has.getTotal()).toZeroG() + " 0G");
      ledger.lists().settlements(asked -> asked.owner(args[2])).forEach(each -> System.out.println(
          each.getId() + " " + each.getState() + " " + Neuron.parse(each.getAmount()).toZeroG()));
    } catch (ProblemException e) {
      System.out.println(e.code().equals("ledger-not-found") ? "no ledger" : e.getMessage());
    }
  }
}
