/** Usage on a real database, compared with a list in memory. */
@NullMarked
package io.neuronledger.query.usage;

import org.jspecify.annotations.NullMarked;
