@NullMarked
package io.neuronledger.cli.answer;

import org.jspecify.annotations.NullMarked;
