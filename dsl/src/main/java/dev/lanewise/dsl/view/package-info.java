/**
 * Exhibits of networks, data and plans.
 * Here: a file for each table or page: what it says, and where it has that from.
 * More than 20 files: each table is a file, and most are small.
 * Not here: pictures and curves (the room below); verbs that ask for them ({@code verb}).
 */
package dev.lanewise.dsl.view;
