/** What is fetched for a block range: logs, calls, receipts and registrations of services. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.input;

import org.jspecify.annotations.NullMarked;
