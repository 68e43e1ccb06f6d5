/** At which sealed block does an answer stand? The caller's wish goes in; a standpoint, or a wait, comes out. */
@NullMarked
package io.neuronledger.query.asof;

import org.jspecify.annotations.NullMarked;
