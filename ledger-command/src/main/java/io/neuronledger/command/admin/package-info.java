/** What operators ask and do over HTTP: who is in quarantine, and releasing them. Errors are RFC 9457 problems. */
@NullMarked
package io.neuronledger.command.admin;

import org.jspecify.annotations.NullMarked;
