/**
 * Binds calls.
 * Here: which form of a verb is meant, what each argument is; losses; settings by name.
 * Not here: what verbs do ({@code verb}).
 * Fewer than 5 files: one way of binding for all of them.
 */
package dev.lanewise.dsl.check.call;
