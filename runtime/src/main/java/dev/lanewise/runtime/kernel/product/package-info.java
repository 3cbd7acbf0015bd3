/**
 * Products of matrices.
 * Here: of a block of examples by weights, of two blocks, of matrices as such.
 * Not here: convolutions ({@code kernel.conv}).
 */
package dev.lanewise.runtime.kernel.product;
