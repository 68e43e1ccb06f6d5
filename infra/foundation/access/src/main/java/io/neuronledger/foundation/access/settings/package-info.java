/** Who is believed, as configured. */
@NullMarked
package io.neuronledger.foundation.access.settings;

import org.jspecify.annotations.NullMarked;
