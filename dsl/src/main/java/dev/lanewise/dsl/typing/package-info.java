/**
 * What helps while one types.
 * Here: what could come next, how a call goes on, what the network makes so far.
 * Not here: the line editor ({@code repl}).
 * Fewer than 5 files: it asks the checker, and holds nothing of its own.
 */
package dev.lanewise.dsl.typing;
