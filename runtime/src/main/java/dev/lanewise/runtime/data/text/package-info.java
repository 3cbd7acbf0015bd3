/**
 * Texts as whole numbers: what they are cut into, what numbers the pieces have, and texts again.
 * Not here: examples that are made of texts ({@code data.source}), what a network keeps of all this ({@code data}, World).
 */
package dev.lanewise.runtime.data.text;
