/**
 * Checks of how a training went.
 * Here: a file for each thing that losses and steps tell.
 * Not here: what is the matter with a layer ({@code layer}), or with the examples ({@code data}).
 */
package dev.lanewise.dsl.doctor.course;
