/**
 * Exhibits of networks, data and plans.
 * Here: a file for each table or page: what it says, and where it has that from.
 * Not here: pictures and curves (the room below); verbs that ask for them ({@code verb}).
 */
package dev.lanewise.dsl.view;
