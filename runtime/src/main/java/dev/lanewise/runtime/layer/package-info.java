/**
 * Layers and losses put together from operations, and the lists of all that a user can call.
 * Here: whatever is a recipe, and how values of different shapes meet in one.
 * More than 20 files: each layer that is a recipe has one.
 * Not here: what has a formula and a kernel of its own ({@code operation}).
 * More than 20 files: one for each layer, which are alike.
 */
package dev.lanewise.runtime.layer;
