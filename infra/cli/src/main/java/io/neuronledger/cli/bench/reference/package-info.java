/** The references of the same run: what other ways reach on the same machine and servers. */
@NullMarked
package io.neuronledger.cli.bench.reference;

import org.jspecify.annotations.NullMarked;
