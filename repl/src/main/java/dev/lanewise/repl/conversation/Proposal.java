package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.session.Session;
import java.util.Optional;

/** What was typed with a mistake, as it would be without: all that is certain, or else the first remedy that is an edit. */
final class Proposal {
  private Proposal() {}

  /** Empty where nothing was wrong before it ran, or nobody knows what to write. */
  static Optional<String> of(Session session, String typed) {
    Source source = new Source("prompt", typed);
    Optional<Diagnostic> wrong = session.check(source).stream()
        .filter(d -> d.isError() && d.source().equals(source) && !d.remedy().edits().isEmpty()).findFirst();
    return wrong.map(d -> {
      String certain = Fix.of(source, session::check).text();
      return certain.equals(typed) ? Edit.applied(typed, d.remedy().edits()) : certain;
    });
  }
}
