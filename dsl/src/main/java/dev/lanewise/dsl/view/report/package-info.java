/**
 * A training as one page of HTML.
 * Here: what stands on it and in which order, how exhibits are written down there, which examples are looked at.
 * Not here: the exhibits themselves (the rooms around), how curves and networks are drawn ({@code chart}, {@code draw}).
 */
package dev.lanewise.dsl.view.report;
