/**
 * The operations, one file each: arguments, shape rule, formula, gradient, cost; and what holds or wraps them.
 * Not here: what is put together from them ({@code layer}), what describes them ({@code spec}).
 * More than 20 files: the sealed list of all operations and each of them are one idea.
 */
package dev.lanewise.runtime.operation;
