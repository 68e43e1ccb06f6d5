/**
 * The stage of the tests: streams of account events with a plain model of what they mean, and a database to play on.
 */
@NullMarked
package io.neuronledger.query.scene;

import org.jspecify.annotations.NullMarked;
