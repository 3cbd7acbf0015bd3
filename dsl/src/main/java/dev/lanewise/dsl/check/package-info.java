/**
 * From tree to actions.
 * Here: a statement at a time, in the order of the script; imports.
 * Not here: each kind of statement and expression (the rooms below).
 * Fewer than 5 files: it hands over to the rooms.
 */
package dev.lanewise.dsl.check;
