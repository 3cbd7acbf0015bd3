/**
 * Verbs that walk through a network with numbers: forward, backward, one step of training.
 * Here: a file for each form, and what they have in common.
 * Not here: how it is told ({@code view.walk}), pictures of layers ({@code verb.show}).
 */
package dev.lanewise.dsl.verb.trace;
