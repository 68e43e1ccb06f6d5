/**
 * Exports that are kept: made once, in the background, and fetched as often as their maker likes. Input: a list and its
 * filters. Output: a file in a folder, whole or not there.
 */
@NullMarked
package io.neuronledger.query.export.job;

import org.jspecify.annotations.NullMarked;
