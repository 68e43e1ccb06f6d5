/** The dashboard in a real browser, on the whole stack: by clicks, and as people see it. */
@NullMarked
package io.neuronledger.cli.dashboard;

import org.jspecify.annotations.NullMarked;
