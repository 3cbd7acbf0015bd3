/**
 * How good a model is.
 * Here: what is counted over examples, and the numbers made of it.
 * Not here: what is told of a training as it runs ({@code train}).
 */
package dev.lanewise.runtime.score;
