/**
 * A network that one looks into while it is used, and while it learns: which pictures it is drawn as, what its layers make of an example, what
 * the loss says of each, how a single number comes about, what it looks at, what fools it. Here: all of that as numbers, asked again and again.
 * Not here: what is typed ({@code verb}), how it is drawn ({@code repl}), single numbers in words ({@code view.walk}).
 */
package dev.lanewise.dsl.glass;
