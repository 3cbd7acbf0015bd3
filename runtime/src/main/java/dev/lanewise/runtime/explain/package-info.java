/**
 * What a network looks at: which numbers of an example its answer depends on, and what its layers answer to.
 * Here: the methods of the papers, as formulas of a score and its gradient; what tells whether such a map says anything of the network.
 * Not here: gradients themselves ({@code differentiate}, {@code train}), pictures ({@code dsl.view.picture}).
 */
package dev.lanewise.runtime.explain;
