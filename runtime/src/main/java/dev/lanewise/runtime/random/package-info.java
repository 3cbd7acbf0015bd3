/**
 * Random numbers as a hash of where they are needed: the same seed gives the same bits.
 * Not here: what is drawn with them.
 * Fewer than 5 files: there must be only one way to draw.
 */
package dev.lanewise.runtime.random;
