/** The operators' HTTP interface: lists quarantined owners, releases them, checks the store. Errors are RFC 9457. */
@NullMarked
package io.neuronledger.command.admin;

import org.jspecify.annotations.NullMarked;
