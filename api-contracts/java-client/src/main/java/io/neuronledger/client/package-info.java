/**
 * The hand-written part of the Java client, around the clients that are generated from the OpenAPI documents: addresses
 * and credentials, requests that are sent again where that is safe, lists as streams, and problems as exceptions.
 */
@NullMarked
package io.neuronledger.client;

import org.jspecify.annotations.NullMarked;
