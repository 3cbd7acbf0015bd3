/**
 * What a verb is.
 * Here: its signature with kinds, what it is given, what it does, and the bench where it does that.
 * Not here: verbs themselves (the rooms below), and how calls are bound to them ({@code check.call}).
 */
package dev.lanewise.dsl.verb;
