/** As whom a service uses its database. */
@NullMarked
package io.neuronledger.foundation.access.role;

import org.jspecify.annotations.NullMarked;
