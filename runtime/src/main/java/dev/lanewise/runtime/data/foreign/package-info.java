/**
 * What other modules bring.
 * Here: forms of tables besides CSV, as the reader of tables wants them.
 * Not here: how a table becomes examples ({@code table}).
 * Fewer than 5 files: what modules see of the reader of tables, and no more.
 */
package dev.lanewise.runtime.data.foreign;
