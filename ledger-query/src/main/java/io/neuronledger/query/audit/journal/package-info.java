/**
 * What is a journal made of? Input: a filter and the tables that hold a journal's lines. Output: its sources, each of
 * them read along one index.
 */
@NullMarked
package io.neuronledger.query.audit.journal;

import org.jspecify.annotations.NullMarked;
