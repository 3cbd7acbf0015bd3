/**
 * Ways of writing that are right in other languages: what each is called here, as a change of the text. Each is one small class, and {@link dev.lanewise.dsl.parse.habit.Habits}
 * lists them: a {@code Custom} is seen from the text alone, since nobody writes so here; a {@code Habit} is asked at a place where a statement cannot be read. Right scripts are not asked about.
 *
 * <p>Not here: calls of other libraries, whose names and arguments differ; they can be read ({@code elsewhere}).
 *
 * <p>More than 20 files: a file for each way of writing.
 */
package dev.lanewise.dsl.parse.habit;
