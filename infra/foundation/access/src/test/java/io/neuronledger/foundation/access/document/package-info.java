@NullMarked
package io.neuronledger.foundation.access.document;

import org.jspecify.annotations.NullMarked;
