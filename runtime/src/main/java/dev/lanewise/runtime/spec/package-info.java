/**
 * What describes operations.
 * Here: types, values, parameters and how they begin, windows, checks of shapes.
 * Not here: anything that computes ({@code operation}).
 */
package dev.lanewise.runtime.spec;
