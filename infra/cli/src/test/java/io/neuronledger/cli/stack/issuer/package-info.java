@NullMarked
package io.neuronledger.cli.stack.issuer;

import org.jspecify.annotations.NullMarked;
