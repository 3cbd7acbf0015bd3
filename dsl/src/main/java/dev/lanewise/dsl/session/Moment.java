package dev.lanewise.dsl.session;

import dev.lanewise.dsl.run.Workspace;
import dev.lanewise.dsl.scope.Scope;
import java.util.List;

/** All that a session is at some time: the names, what they stand for, and the statements that led there. */
record Moment(Scope scope, Workspace.Contents contents, List<Entry> entries) {
  Moment {
    entries = List.copyOf(entries);
  }
}
