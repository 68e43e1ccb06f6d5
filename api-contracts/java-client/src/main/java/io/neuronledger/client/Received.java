package io.neuronledger.client;

/**
 * A record that a subscription has received.
 *
 * @param id store it with what you do for the record, and begin there
 * @param <T> of the record: an event or an alert
 */
public record Received<T>(String id, T record) {}
