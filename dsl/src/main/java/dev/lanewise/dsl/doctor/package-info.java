/**
 * What a teacher would see of a training that has ended.
 * Here: what can be found, findings with figures and places, what checks look at, and what a check is.
 * Not here: the checks, each a file of its own, in rooms for what they look at ({@code course}, {@code layer}, {@code data}), and who goes through them ({@code visit}).
 */
package dev.lanewise.dsl.doctor;
