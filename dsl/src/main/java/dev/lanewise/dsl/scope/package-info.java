/**
 * What names are bound to, and what a checked script is.
 * Here: scopes, definitions, formulas, actions, the prelude.
 * Not here: the things themselves ({@code meaning}); how they are found ({@code check}).
 */
package dev.lanewise.dsl.scope;
