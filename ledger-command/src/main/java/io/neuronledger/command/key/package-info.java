/**
 * API keys as this service owns them: an aggregate for each, whose events say who made, rotated and revoked it. Secrets
 * are not here, only their hashes.
 */
@NullMarked
package io.neuronledger.command.key;

import org.jspecify.annotations.NullMarked;
