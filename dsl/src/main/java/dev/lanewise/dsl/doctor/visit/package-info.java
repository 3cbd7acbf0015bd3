/**
 * Goes through all checks.
 * Here: the list of them, which findings are told, and how they look.
 * Not here: the checks ({@code course}, {@code layer}, {@code data}).
 * Fewer than 5 files: the list knows every room of checks, and checks must not know the list.
 */
package dev.lanewise.dsl.doctor.visit;
