/**
 * How a training is spread over clients that keep their examples to themselves: who has which, and what goes to and fro, what the server makes of it. Here: the settings, as data and formulas, and the seam behind which clients are.
 * Not here: the rounds themselves ({@code train}), the words for it ({@code dsl}).
 */
package dev.lanewise.runtime.federate;
