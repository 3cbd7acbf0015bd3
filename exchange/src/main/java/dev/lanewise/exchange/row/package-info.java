/**
 * What no layer of the language does, but sums, products, the larger of two and choices do: each value along an axis is written out. Windows of any kind, other sizes, running sums.
 *
 * <p>Not here: what an operator or a layer of another program is, which its own reader knows.
 *
 * <p>Fewer than 5 files: rows, and two kinds of places that they are made of.
 */
package dev.lanewise.exchange.row;
