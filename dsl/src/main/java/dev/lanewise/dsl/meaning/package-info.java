/**
 * What names stand for.
 * Here: networks, data, trainings, examples, values: checked, with all their shapes.
 * Not here: how they are read from a script ({@code check}).
 */
package dev.lanewise.dsl.meaning;
