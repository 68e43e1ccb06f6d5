/** The dashboard: a page that people look at in a browser, and what it has to know before anybody signs in. */
@NullMarked
package io.neuronledger.query.dashboard;

import org.jspecify.annotations.NullMarked;
