/**
 * Numbers of a network on an example, as they are shown: where each is, its formula, the chain rule for it, and what a step makes of it.
 * Here: from {@code runtime.walk} to {@link dev.lanewise.dsl.exhibit.Walked}.
 * Not here: the numbers themselves ({@code runtime.walk}), what is typed ({@code verb.trace}), how it is drawn ({@code chart}, {@code repl}).
 */
package dev.lanewise.dsl.view.walk;
