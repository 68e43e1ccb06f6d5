package io.neuronledger.cli.dashboard;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/** The dashboard of one stack in one browser, by theme. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@SuppressWarnings("ClassCanBeStatic") // JUnit nests inner classes only.
class DashboardIT {
  private static DashboardStack dashboard;

  @BeforeAll
  static void start() {
    dashboard = DashboardStack.start();
  }

  @AfterAll
  static void stop() {
    dashboard.close();
  }

  @Nested
  @Order(1)
  class SignIn extends SigningIn {
    SignIn() {
      super(dashboard);
    }
  }

  @Nested
  @Order(2)
  class SignInAtTheIssuer extends SigningInAtTheIssuer {
    SignInAtTheIssuer() {
      super(dashboard);
    }
  }

  @Nested
  @Order(3)
  class View extends Looks {
    View() {
      super(dashboard);
    }
  }

  /** After all that looks at what was played: it decides about that. */
  @Nested
  @Order(4)
  class MonthEnd extends ClosingTheMonth {
    MonthEnd() {
      super(dashboard);
    }
  }

  @Nested
  @Order(5)
  class Live extends Following {
    Live() {
      super(dashboard);
    }
  }

  /** The last that follows the chain: it lets days pass there. */
  @Nested
  @Order(6)
  class Act extends Acting {
    Act() {
      super(dashboard);
    }
  }

  /** The last of all: its entries are in every sum. */
  @Nested
  @Order(6)
  class Scroll extends Scrolling {
    Scroll() {
      super(dashboard);
    }
  }
}
