/**
 * The commands of operators and of finance over the services' HTTP APIs.
 */
@NullMarked
package io.neuronledger.cli.operate;

import org.jspecify.annotations.NullMarked;
