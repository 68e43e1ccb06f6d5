/**
 * What the commands of operators have in common: whom they ask, how they fail, and how they print an answer.
 */
@NullMarked
package io.neuronledger.cli.operate.request;

import org.jspecify.annotations.NullMarked;
