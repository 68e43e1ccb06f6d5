package io.neuronledger.query.settlement;

import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.DifferenceView;
import io.neuronledger.contracts.view.settlement.DifferencesPage;
import io.neuronledger.query.request.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** The differences that stand at a block: settlements that end inside a request or beyond all, and usage that waits. */
final class DifferenceQueries {
  private static final String LIST = "differences1";
  private static final int CURSOR_PARTS = 5;

  private final SettlementIntervals intervals;

  DifferenceQueries(SettlementIntervals intervals) {
    this.intervals = intervals;
  }

  /** By owner, provider, service, kind and settlement. */
  DifferencesPage page(DifferenceFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<List<String>> behind = page.behind(LIST, CURSOR_PARTS);
    List<Record> rows = List.copyOf(db.resultQuery(DifferenceSql.PAGE, binds(filter, behind, page, asOf)).fetch());
    List<DifferenceView> shown = rows.stream().limit(page.limit()).map(DifferenceQueries::view).toList();
    return new DifferencesPage(asOf, shown, rows.size() > page.limit()
        ? Optional.of(cursor(rows.get(page.limit() - 1)))
        : Optional.empty());
  }

  private QueryPart[] binds(DifferenceFilter filter, Optional<List<String>> behind, Page page, AsOf asOf) {
    Map<WalletAddress, Duration> own = intervals.byProvider();
    Field<?>[] providers = own.keySet().stream().map(provider -> val(provider.bytes())).toArray(Field<?>[]::new);
    Field<?>[] cutoffs = own.values().stream().map(each -> val(cutoff(asOf, each))).toArray(Field<?>[]::new);
    return new QueryPart[] {
        val(asOf.block()),
        val(cutoff(asOf, intervals.others())),
        providers.length == 0 ? val(new byte[0][]) : array(providers),
        cutoffs.length == 0 ? val(new OffsetDateTime[0]) : array(cutoffs),
        val(filter.owner().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB),
        val(filter.provider().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB),
        val(filter.service().map(ServiceName::value).orElse(null), SQLDataType.VARCHAR),
        val(filter.resolved().orElse(null), SQLDataType.BOOLEAN),
        val(part(behind, 0).map(DifferenceQueries::bytes).orElse(null), SQLDataType.BLOB),
        val(part(behind, 1).map(DifferenceQueries::bytes).orElse(null), SQLDataType.BLOB),
        val(part(behind, 2).orElse(null), SQLDataType.VARCHAR),
        val(part(behind, 3).orElse(null), SQLDataType.VARCHAR),
        val(part(behind, 4).orElse(null), SQLDataType.VARCHAR),
        val(page.limit() + 1)};
  }

  /** What was completed at or before this instant has waited for the interval or longer. */
  private static OffsetDateTime cutoff(AsOf asOf, Duration interval) {
    return asOf.blockTime().minus(interval).atOffset(ZoneOffset.UTC);
  }

  private static Optional<String> part(Optional<List<String>> behind, int index) {
    return behind.map(parts -> parts.get(index));
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  private static String cursor(Record last) {
    return Page.cursor(LIST, HexFormat.of().formatHex(last.get("owner", byte[].class)),
        HexFormat.of().formatHex(last.get("provider", byte[].class)), last.get("service", String.class),
        last.get("kind", String.class), last.get("settlement", String.class));
  }

  private static DifferenceView view(Record row) {
    SubAccountId subAccount = new SubAccountId(address(row, "owner"), address(row, "provider"),
        new ServiceName(row.get("service", String.class)));
    DifferenceKey.Kind kind = DifferenceKey.Kind.of(row.get("kind", String.class));
    Optional<SettlementId> settlement = Optional.of(row.get("settlement", String.class))
        .filter(text -> !text.isEmpty()).map(SettlementId::parse);
    return new DifferenceView(new DifferenceKey(kind, settlement, subAccount), kind, subAccount.owner(),
        subAccount.provider(), subAccount.service(), settlement,
        new NeuronSum(row.get("amount", BigDecimal.class).toBigIntegerExact()), row.get("since", Instant.class),
        Optional.ofNullable(row.get("reason", String.class)).map(reason -> new DifferenceView.Resolution(reason,
            row.get("resolved_by", String.class), row.get("resolved_at", Instant.class))));
  }

  private static WalletAddress address(Record row, String column) {
    return new WalletAddress("0x" + HexFormat.of().formatHex(row.get(column, byte[].class)));
  }
}
