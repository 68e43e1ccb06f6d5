package io.neuronledger.query.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.Wallets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The body of a rule, on both sides of each limit. */
class RuleRequestTest {
  private static final Instant NOW = Instant.parse("2026-11-28T05:00:00Z");

  private static JsonNode json(String text) {
    return JsonBody.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static AlertRuleView rule(String text) {
    return RuleRequest.rule(json(text), Optional.empty(), "operator", NOW);
  }

  private static String about(int owners) {
    return IntStream.rangeClosed(1, owners).mapToObj(each -> "'" + Wallets.wallet(each) + "'")
        .collect(Collectors.joining(",", "{'kind':'refund-claimable','owners':[", "]}"));
  }

  @Test
  void a_rule_recovers_at_its_threshold_unless_it_says_otherwise() {
    AlertRuleView rule = rule("{'kind':'balance-below','balance':'total','threshold':'10'}");
    assertThat(rule.recoverAt()).isEqualTo(rule.threshold()).hasValue("10");
    assertThat(rule.enabled()).isTrue();
    assertThat(rule.owners()).isEmpty();
    assertThat(rule.madeBy()).isEqualTo("operator");
    assertThat(rule("{'kind':'spendable-below','threshold':'10','recover_at':'11'}").recoverAt()).hasValue("11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'refund-claimable'}", "{'kind':'discrepancy-opened','service':'a'}",
      "{'kind':'settlement-unmatched','for_seconds':0}", "{'kind':'provider-silent','for_seconds':3600}",
      "{'kind':'runway-below','for_seconds':3600,'service':'a'}", "{'kind':'runway-below','for_seconds':2592000}",
      "{'kind':'provider-silent','for_seconds':31536000}", "{'kind':'following-stopped','for_seconds':31536000}",
      "{'kind':'following-behind','blocks':0}", "{'kind':'following-behind','blocks':1000000000}",
      "{'kind':'following-behind','for_seconds':0}", "{'kind':'reconciliation-different','enabled':false}",
      "{'kind':'refund-claimable','muted_until':'2027-11-28T05:00:00Z'}",
      "{'kind':'refund-claimable','muted_until':'1970-01-01T00:00:00Z'}",
      "{'kind':'refund-claimable','muted_until':null}"})
  void these_are_rules(String text) {
    assertThatCode(() -> rule(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"{}|kind is missing", "[]|must be a JSON object",
      "{'kind':'x'}|not a kind", "{'kind':'refund-claimable','threshold':'1'}|threshold is not a field",
      "{'kind':'balance-below','balance':'total','threshold':'0'}|nothing is below 0",
      "{'kind':'balance-below','threshold':'1'}|balance is missing",
      "{'kind':'balance-below','balance':'held','threshold':'1'}|available or total",
      "{'kind':'balance-below','balance':'total','threshold':1}|threshold must be a string",
      "{'kind':'balance-below','balance':'total','threshold':'2','recover_at':'1'}|recover_at is below",
      "{'kind':'settlement-unmatched'}|for_seconds is missing",
      "{'kind':'settlement-unmatched','for_seconds':-1}|for_seconds must be from 0",
      "{'kind':'runway-below'}|for_seconds is missing",
      "{'kind':'runway-below','for_seconds':3599}|for_seconds must be from 3600",
      "{'kind':'runway-below','for_seconds':2592001}|to 2592000",
      "{'kind':'provider-silent','for_seconds':3599}|for_seconds must be from 3600",
      "{'kind':'provider-silent','for_seconds':31536001}|to 31536000",
      "{'kind':'provider-silent','for_seconds':3600,'owners':['0x1']}|owners is not a field",
      "{'kind':'following-behind'}|either blocks or for_seconds",
      "{'kind':'following-behind','blocks':1,'for_seconds':1}|either blocks or for_seconds",
      "{'kind':'following-behind','blocks':1000000001}|to 1000000000",
      "{'kind':'refund-claimable','owners':['0x1']}|owners",
      "{'kind':'refund-claimable','muted_until':'2027-11-28T05:00:00.001Z'}|within 365 days",
      "{'kind':'refund-claimable','muted_until':'then'}|must be a time",
      "{'kind':'refund-claimable','muted_until':'1969-12-31T23:59:59.999Z'}|before 1970",
      "{'kind':'refund-claimable','enabled':'yes'}|enabled must be true or false"})
  void these_are_none(String text, String why) {
    assertThatThrownBy(() -> rule(text)).isInstanceOf(Refusal.class).hasMessageContaining(why);
  }

  @Test
  void a_rule_names_so_many_owners_and_no_more() {
    assertThat(rule(about(RuleRequest.OWNERS_MAX)).owners()).hasSize(RuleRequest.OWNERS_MAX);
    assertThatThrownBy(() -> rule(about(RuleRequest.OWNERS_MAX + 1))).hasMessageContaining("at most 1000 addresses");
  }

  @Test
  void no_owners_are_all_of_them_also_where_a_kind_has_none() {
    assertThat(rule("{'kind':'refund-claimable','owners':[]}").owners()).isEmpty();
    assertThat(rule("{'kind':'provider-silent','for_seconds':3600,'owners':[]}").owners()).isEmpty();
    Optional<WalletAddress> owner = Optional.of(Wallets.wallet(1));
    assertThat(RuleRequest.rule(json("{'kind':'refund-claimable','owners':[]}"), owner, "0x1", NOW).owners())
        .containsExactly(owner.get());
  }

  @Test
  void an_owner_has_rules_about_itself_of_three_kinds() {
    Optional<WalletAddress> owner = Optional.of(Wallets.wallet(1));
    AlertRuleView own = RuleRequest.rule(json("{'kind':'refund-claimable'}"), owner, "0x1", NOW);
    assertThat(own.owner()).isEqualTo(owner);
    assertThat(own.owners()).containsExactly(owner.get());
    assertThatThrownBy(() -> RuleRequest.rule(json("{'kind':'discrepancy-opened'}"), owner, "0x1", NOW))
        .hasMessageContaining("an owner has no rule of the kind");
    assertThatThrownBy(() -> RuleRequest.rule(json("{'kind':'refund-claimable','owners':['" + owner.get() + "']}"),
        owner, "0x1", NOW)).hasMessageContaining("owners is not a field");
  }

  @Test
  void a_change_keeps_what_it_does_not_name() {
    AlertRuleView rule = rule("{'kind':'refund-claimable','muted_until':'2026-12-01T00:00:00Z'}");
    assertThat(RuleRequest.change(json("{'enabled':false}"), rule, NOW))
        .isEqualTo(new RuleRequest.Change(false, rule.mutedUntil()));
    assertThat(RuleRequest.change(json("{'muted_until':null}"), rule, NOW))
        .isEqualTo(new RuleRequest.Change(true, Optional.empty()));
    assertThat(RuleRequest.change(json("{}"), rule, NOW))
        .isEqualTo(new RuleRequest.Change(true, rule.mutedUntil()));
    assertThatThrownBy(() -> RuleRequest.change(json("{'threshold':'1'}"), rule, NOW))
        .hasMessageContaining("threshold is not a field");
  }
}
