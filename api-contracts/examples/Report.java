import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.command.api.UsageApi;
import io.neuronledger.client.command.api.UsageApi.APIReportUsageRequest;
import io.neuronledger.client.command.model.CountedUnits;
import io.neuronledger.client.command.model.Units;
import io.neuronledger.client.command.model.UsageReceipt;
import io.neuronledger.client.command.model.UsageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reports a served request, and sees it. Arguments: ledger-query, ledger-command, the provider's file, a reader's. */
class Report {
  public static void main(String[] args) throws Exception {
    LedgerClient ledger = LedgerClient.of(Services.of(args[0]).withCommand(args[1]), key(args[2]));
    String carol = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
    // Sent again where an answer is lost: the request id counts once.
    UsageReceipt receipt = new UsageApi(ledger.command()).reportUsage(APIReportUsageRequest.newBuilder()
        .usageReport(new UsageReport().requestId("from-java").owner(carol)
            .provider("0x14dC79964da2C08b23698B3D3cc7Ca32193d9955").service("inference-v1.0").model("whisper-large-v3")
            .units(new Units(new CountedUnits().kind(CountedUnits.KindEnum.SECONDS).count(2L).price("5")))
            .fee("10").when(OffsetDateTime.now(ZoneOffset.UTC)).source(UsageReport.SourceEnum.DIRECT)).build());
    LedgerClient reader = ledger.as(key(args[3])).seeing(receipt.getToken());
    reader.lists().usage(asked -> asked.owner(carol).requestId("from-java"))
        .forEach(each ->
            System.out.println(receipt.getOutcome() + ": " + each.getFee() + " neuron " + each.getState()));
  }

  private static TokenSource key(String file) throws Exception {
    return TokenSource.fixed(Files.readString(Path.of(file)).strip().replace("Authorization: Bearer ", ""));
  }
}
