/**
 * How parameters step: optimisers, schedules of the learning rate, the limit of a gradient.
 * Here: rules as data.
 * Not here: who applies them, and when ({@code train}).
 */
package dev.lanewise.runtime.optimize;
