/**
 * A session.
 * Here: what scripts leave behind, statement by statement: taking back, writing down, listing.
 * Not here: running a statement ({@code run}).
 */
package dev.lanewise.dsl.session;
