/** The access log, in memory and with a broker. */
package io.neuronledger.foundation.access.log;
