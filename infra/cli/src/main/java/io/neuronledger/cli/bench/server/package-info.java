/** The servers and processes of a run, and what they use: CPU, memory, bytes on disk. */
@NullMarked
package io.neuronledger.cli.bench.server;

import org.jspecify.annotations.NullMarked;
