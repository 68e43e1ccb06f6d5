@NullMarked
package io.neuronledger.cli.operate;

import org.jspecify.annotations.NullMarked;
