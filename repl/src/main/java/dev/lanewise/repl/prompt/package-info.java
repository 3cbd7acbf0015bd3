/**
 * The line editor.
 * Here: JLine and nothing else: keys, completion, hints, pages, the menu of a pause.
 * Not here: answers ({@code conversation}).
 */
package dev.lanewise.repl.prompt;
