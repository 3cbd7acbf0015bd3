/**
 * Exhibits that are pictures and curves.
 * Here: examples, weights, planes, losses, functions, regressions.
 * Not here: tables (the room above); drawing ({@code chart}).
 */
package dev.lanewise.dsl.view.picture;
