/**
 * Ways of writing that are right in other languages: what each is called here, as a change of the text. A habit is one small class, and {@link dev.lanewise.dsl.parse.habit.Habits}
 * lists them. They are asked where a statement cannot be read.
 *
 * <p>Not here: calls of other libraries, whose names and arguments differ; they can be read.
 */
package dev.lanewise.dsl.parse.habit;
