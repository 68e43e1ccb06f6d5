@NullMarked
package io.neuronledger.query.export.job;

import org.jspecify.annotations.NullMarked;
