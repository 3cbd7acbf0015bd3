/**
 * The tree.
 * Here: sealed records with spans, and what can be asked of them without knowing any name.
 * Not here: what names stand for ({@code scope}, {@code meaning}).
 */
package dev.lanewise.dsl.syntax;
