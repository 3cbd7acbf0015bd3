/**
 * What is looked at, as data.
 * Here: tables, figures, galleries, planes, pictures and their colours.
 * Not here: how they are made ({@code view}) and drawn ({@code chart}, {@code repl}).
 */
package dev.lanewise.dsl.exhibit;
