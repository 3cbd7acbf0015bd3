/**
 * How near the truth are the numbers? Writes ACCURACY.md: every function and layer of the language beside PyTorch's float32, both
 * against double precision, and the classic CNN trained from several seeds. Speed is measured elsewhere.
 */
package dev.lanewise.benchmarks.accuracy;
