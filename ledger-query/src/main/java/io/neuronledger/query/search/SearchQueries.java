package io.neuronledger.query.search;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.directory.SearchAnswer;
import io.neuronledger.contracts.view.directory.SearchAnswer.Hit;
import io.neuronledger.contracts.view.directory.SearchAnswer.Kind;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.audit.journal.OffChainLines;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.SQLDataType;

/**
 * Looks a text up as everything that it can be: an address, a hash, a number or an id. Each lookup goes along an index
 * and reads a bounded number of rows.
 */
final class SearchQueries {
  private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");
  private static final Pattern BLOCK = Pattern.compile("\\d{1,18}");
  private static final int HEX_PREFIX = 2;
  private static final int REQUESTS_MAX = 20;
  private static final int SUB_ACCOUNTS_MAX = 20;

  /** Of all statements: {0} what is looked for, {1} the answer's block, {2} the owner, or NULL. */
  private static final String IS_OWNER = """
      SELECT EXISTS (SELECT FROM ledger_state AS state JOIN partition ON partition.partition = state.partition
          WHERE state.owner = {0} AND state.was_open AND %s) AS has_ledger,
        EXISTS (SELECT FROM usage_meter WHERE owner = {0} AND (requests > 0 OR router_requests > 0)) AS has_usage"""
      .formatted(Visibility.sees("state", "{1}"));
  private static final String IS_PROVIDER = """
      SELECT EXISTS (SELECT FROM settlement WHERE provider = {0} AND NOT retracted AND state IS NOT NULL
          AND block <= {1})
        OR EXISTS (SELECT FROM usage_meter WHERE provider = {0} AND (requests > 0 OR router_requests > 0)) AS known""";
  private static final String SUB_ACCOUNTS = """
      SELECT account.service FROM sub_account AS account CROSS JOIN LATERAL (
        SELECT state.open FROM sub_account_state AS state JOIN partition ON partition.partition = state.partition
        WHERE state.owner = account.owner AND state.provider = account.provider AND state.service = account.service
          AND %s
        ORDER BY %s LIMIT 1) AS now
      WHERE account.owner = {2} AND account.provider = {0} AND now.open ORDER BY account.service LIMIT {3}"""
      .formatted(Visibility.sees("state", "{1}"), Visibility.newestFirst("state"));
  private static final String TRANSACTION = """
      SELECT entry.block FROM entry JOIN partition ON partition.partition = entry.partition
      WHERE entry.transaction_hash = {0} AND ({2}::bytea IS NULL OR entry.owner = {2}) AND %s
      ORDER BY entry.retracted, entry.block DESC LIMIT 1""".formatted(Visibility.seesRecord("entry", "{1}"));
  private static final String BLOCK_OF_HASH = "SELECT block FROM block WHERE block_hash = {0} AND block <= {1}";
  private static final String BLOCK_OF_NUMBER = "SELECT block FROM block WHERE block = {0} AND block <= {1}";
  private static final String ENTRY_OF_ID = """
      SELECT entry.owner::bytea AS owner, entry.provider::bytea AS provider, entry.service, entry.block
      FROM entry JOIN partition ON partition.partition = entry.partition
      WHERE entry.partition = {0} AND entry.seq = {3} AND NOT {4}
        AND ({2}::bytea IS NULL OR entry.owner = {2}) AND %s"""
      .formatted(Visibility.seesRecord("entry", "{1}"));
  private static final String SETTLEMENT_OF_ID = """
      SELECT settlement.owner::bytea AS owner, settlement.provider::bytea AS provider, settlement.service,
        settlement.block, settlement.partition, settlement.seq
      FROM settlement JOIN partition ON partition.partition = settlement.partition
      WHERE settlement.block = {0} AND transaction_index = {3} AND step = {4} AND settlement.branch = {5}
        AND ({2}::bytea IS NULL OR settlement.owner = {2}) AND %s LIMIT 1"""
      .formatted(Visibility.seesRecord("settlement", "{1}"));
  private static final String REQUESTS = """
      SELECT owner::bytea AS owner, provider::bytea AS provider, service FROM usage_request
      WHERE request_id = {0} AND ({2}::bytea IS NULL OR owner = {2})
      ORDER BY usage_request.owner, usage_request.provider, completed_at LIMIT {3}""";

  private final SearchFilter filter;
  private final AsOf asOf;
  private final DSLContext db;
  private final List<Hit> hits = new ArrayList<>();

  SearchQueries(SearchFilter filter, AsOf asOf, DSLContext db) {
    this.filter = filter;
    this.asOf = asOf;
    this.db = db;
  }

  SearchAnswer answer() {
    filter.address().ifPresent(this::address);
    if (HASH.matcher(filter.q()).matches()) {
      hash(filter.q().toLowerCase(Locale.ROOT));
    }
    if (BLOCK.matcher(filter.q()).matches()) {
      block(BLOCK_OF_NUMBER, val(Long.parseLong(filter.q())));
    }
    id(EntryId::parse).ifPresent(this::entry);
    id(SettlementId::parse).ifPresent(this::settlement);
    boolean hasMore = requests();
    return new SearchAnswer(asOf, filter.q(), hits, hasMore);
  }

  private void address(WalletAddress address) {
    if (filter.owner().isEmpty() || filter.owner().get().equals(address)) {
      Record owner = one(IS_OWNER, val(address.bytes()));
      if (owner.get("has_ledger", Boolean.class)) {
        add(Kind.LEDGER, address.checksummed(), "/v1/ledgers/" + address, Optional.of(address));
      } else if (owner.get("has_usage", Boolean.class)) {
        add(Kind.USAGE, address.checksummed(), "/v1/ledgers/" + address + "/usage", Optional.of(address));
      }
    }
    if (filter.owner().isEmpty() && one(IS_PROVIDER, val(address.bytes())).get("known", Boolean.class)) {
      hits.add(new Hit(Kind.PROVIDER, address.checksummed(), "/v1/providers/" + address, Optional.empty(),
          Optional.of(address), Optional.empty(), OptionalLong.empty()));
    }
    filter.owner().ifPresent(owner -> all(SUB_ACCOUNTS, val(address.bytes()), val(SUB_ACCOUNTS_MAX)).forEach(row -> {
      ServiceName service = new ServiceName(row.get("service", String.class));
      hits.add(new Hit(Kind.SUB_ACCOUNT, owner + ":" + address + ":" + service,
          "/v1/ledgers/" + owner + "/sub-accounts/" + address + "/" + encoded(service.value()), Optional.of(owner),
          Optional.of(address), Optional.of(service), OptionalLong.empty()));
    }));
  }

  private void hash(String hash) {
    byte[] bytes = HexFormat.of().parseHex(hash.substring(HEX_PREFIX));
    all(TRANSACTION, val(bytes)).forEach(row -> hits.add(new Hit(Kind.TRANSACTION, hash,
        filter.owner().map(owner -> "/v1/ledgers/" + owner + "/entries?transaction=" + hash)
            .orElse("/v1/transactions/" + hash + "/entries"),
        filter.owner(), Optional.empty(), Optional.empty(), OptionalLong.of(row.get("block", Long.class)))));
    block(BLOCK_OF_HASH, val(bytes));
  }

  /** A block is nobody's own. */
  private void block(String statement, Field<?> wanted) {
    if (filter.owner().isEmpty()) {
      all(statement, wanted).forEach(row -> {
        long number = row.get("block", Long.class);
        hits.add(new Hit(Kind.BLOCK, String.valueOf(number), "/v1/blocks/" + number + "/entries", Optional.empty(),
            Optional.empty(), Optional.empty(), OptionalLong.of(number)));
      });
    }
  }

  private void entry(EntryId id) {
    Result<Record> ofChain = all(ENTRY_OF_ID, val(id.partition()), val(id.seq()), val(id.report().isPresent()));
    ofChain.forEach(row -> hits.add(hit(Kind.ENTRY, id.toString(), entryPath(id.toString()), row)));
    if (ofChain.isEmpty()) {
      OffChainLines.ownerOf(id, db).filter(of -> filter.owner().map(of::equals).orElse(true))
          .ifPresent(of -> add(Kind.ENTRY, id.toString(), entryPath(id.toString()), Optional.of(of)));
    }
  }

  private <T> Optional<T> id(Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(filter.q()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Settlements are finance's; their owner reads the journal's entry. */
  private void settlement(SettlementId id) {
    all(SETTLEMENT_OF_ID, val(id.position().block()), val(id.position().transaction()), val(id.position().step()),
        val(id.branch())).forEach(row -> hits.add(hit(Kind.SETTLEMENT, id.toString(), filter.owner().isEmpty()
            ? "/v1/settlements/" + id
            : entryPath(row.get("partition", Integer.class) + "-" + row.get("seq", Long.class)), row)));
  }

  private String entryPath(String id) {
    return "/v1/entries/" + id + filter.owner().map(owner -> "?owner=" + owner).orElse("");
  }

  /** Returns whether there are more than shown. */
  private boolean requests() {
    Result<Record> rows = all(REQUESTS, val(filter.q()), val(REQUESTS_MAX + 1));
    rows.stream().limit(REQUESTS_MAX).forEach(row -> hits.add(hit(Kind.REQUEST, filter.q(),
        "/v1/ledgers/" + address(row, "owner").orElseThrow() + "/usage?request_id=" + encoded(filter.q()), row)));
    return rows.size() > REQUESTS_MAX;
  }

  private void add(Kind type, String id, String path, Optional<WalletAddress> owner) {
    hits.add(new Hit(type, id, path, owner, Optional.empty(), Optional.empty(), OptionalLong.empty()));
  }

  private static Hit hit(Kind type, String id, String path, Record row) {
    return new Hit(type, id, path, address(row, "owner"), address(row, "provider"),
        Optional.ofNullable(row.get("service", String.class)).map(ServiceName::new),
        row.field("block") == null ? OptionalLong.empty() : OptionalLong.of(row.get("block", Long.class)));
  }

  private static Optional<WalletAddress> address(Record row, String column) {
    return Optional.ofNullable(row.get(column, byte[].class)).map(WalletAddress::of);
  }

  private Record one(String statement, Field<?> wanted) {
    return all(statement, wanted).getFirst();
  }

  private Result<Record> all(String statement, Field<?> wanted, Field<?>... more) {
    List<Field<?>> binds = new ArrayList<>(List.of(wanted, val(asOf.block()),
        val(filter.owner().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB)));
    binds.addAll(List.of(more));
    return db.resultQuery(statement, binds.toArray(Field[]::new)).fetch();
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
