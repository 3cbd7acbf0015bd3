/**
 * Layers and losses put together from operations, and the lists of all that a user can call.
 * Here: whatever is a recipe.
 * Not here: what has a formula and a kernel of its own ({@code operation}).
 */
package dev.lanewise.runtime.layer;
