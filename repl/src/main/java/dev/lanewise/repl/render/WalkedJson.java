package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Worked;
import java.util.Base64;

/** A walk through a network for programs: numbers whole, and where each comes from. */
final class WalkedJson {
  private WalkedJson() {}

  static void lines(Walked walked, JsonLine json) {
    json.event("walk").put("title", walked.title()).put("columns", walked.columns().stream().map(Walked.Column::name).toList())
        .each("rows", walked.rows(), WalkedJson::row).each("numbers", walked.worked(), WalkedJson::worked).put("notes", walked.notes()).end();
  }

  private static void row(JsonLine json, Walked.Row row) {
    json.put("name", row.name().strip()).put("shape", row.shape()).numbers("figures", row.figures()).numbers("values", row.values()).numbers("profile", row.profile());
    row.picture().ifPresent(p -> json.put("width", p.width()).put("height", p.height()).put("png", Base64.getEncoder().encodeToString(p.png())));
    json.each("numbers", row.worked(), WalkedJson::worked);
  }

  private static void worked(JsonLine json, Worked worked) {
    json.put("name", worked.of().name()).numbers("at", worked.of().at()).put("value", worked.of().value());
    worked.engine().ifPresent(e -> json.put("engine", e));
    json.each("sum", worked.addends(), (j, a) -> j.put("value", a.value()).each("formula", a.pieces(), WalkedJson::piece));
    if (worked.left() > 0) {
      json.put("left", worked.left()).put("rest", worked.rest());
    }
    json.each("where", worked.where(), WalkedJson::worked);
  }

  private static void piece(JsonLine json, Piece piece) {
    switch (piece) {
      case Piece.Sign(String text) -> json.put("sign", text);
      case Piece.Number n -> json.put("name", n.name()).numbers("at", n.at()).put("value", n.value());
    }
  }
}
