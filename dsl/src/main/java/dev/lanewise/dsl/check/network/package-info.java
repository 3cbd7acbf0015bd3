/**
 * Checks networks and blocks.
 * Here: steps, branches, names of layers, shapes, parts that grow or repeat.
 * Not here: expressions ({@code check.expression}).
 */
package dev.lanewise.dsl.check.network;
