/**
 * Laws: what must not change when parts are combined. Networks are drawn at random, as text, so that the language is tested as well; each
 * test prints its seed, and {@code -Dlanewise.seed=} repeats one. What belongs here: the generator, what runs its networks, the laws, and
 * the comparison with PyTorch. What does not: tests of single parts.
 */
package dev.lanewise.dsl.law;
