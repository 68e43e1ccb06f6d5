package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Finance's end of a month by clicks: one person decides and proposes, another one approves. */
abstract class ClosingTheMonth {
  private final DashboardStack dashboard;

  ClosingTheMonth(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  @Test
  void what_does_not_match_is_decided_and_the_month_is_closed_by_two_persons() {
    String month = YearMonth.from(InstantSource.system().instant().atOffset(ZoneOffset.UTC)).minusMonths(1).toString();
    try (Visit preparer = dashboard.visit().signIn(dashboard.code("preparer"));
        Visit approver = dashboard.visit().signIn(dashboard.code("approver"))) {
      preparer.goTo("periods/" + month);
      decide(preparer, "Resolve…", "Resolve");
      approver.goTo("periods/" + month);
      decide(approver, "Approve…", "Approve");
      JsonNode open = dashboard.ledger().getOk("/v1/discrepancies?state=open").path("discrepancies");
      assertThat(open).isEmpty();

      button(preparer.page().locator("main"), "Freeze the report").click();
      Locator frozen = preparer.page().getByRole(AriaRole.DIALOG);
      assertThat(frozen.getByText("the bytes have this SHA-256")).isVisible();
      button(frozen, "Propose to close the month by this report").click();
      assertThat(frozen.getByText("Another person must approve it.")).isVisible();

      button(approver.page().locator("main"), "Look at the report, and approve…").click();
      Locator looked = approver.page().getByRole(AriaRole.DIALOG);
      assertThat(looked.getByText("the bytes have this SHA-256")).isVisible();
      button(looked, "Approve: close the month by this report").click();
      assertThat(looked.getByText("The month is closed by this report.")).isVisible();

      JsonNode closed = dashboard.ledger().getOk("/v1/periods/" + month);
      assertThat(closed.path("state").asString()).isEqualTo("closed");
      assertThat(closed.path("decisions").findValuesAsString("by")).containsExactly("preparer", "approver");
    }
  }

  /** Decides about every discrepancy of the page that waits for this decision. */
  private static void decide(Visit visit, String waits, String decision) {
    Locator rows = button(visit.page().locator("main"), waits);
    rows.first().waitFor();
    for (int left = rows.count(); left > 0; left--) {
      rows.first().click();
      Locator dialog = visit.page().getByRole(AriaRole.DIALOG);
      Locator reason = dialog.getByLabel("Reason", new Locator.GetByLabelOptions().setExact(true));
      if (reason.count() > 0) {
        reason.fill("as agreed with the provider");
      }
      button(dialog, decision).click();
      button(dialog, "Done").click();
      assertThat(rows).hasCount(left - 1);
    }
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
