package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.runtime.file.JsonWriter;

/** The steps of the tutorial for somebody who reads them elsewhere: each with what is given, what is to be done, and how it can be done. */
public final class Course {
  private Course() {}

  /** {@code {"steps":[{"number":1,"title":…,"text":…,"task":…,"done":…,"given":…,"solution":…}]}}. */
  public static String json(Language language) {
    JsonWriter json = new JsonWriter().beginObject().name("steps").beginArray();
    for (int i = 0; i < Steps.ALL.size(); i++) {
      Step step = Steps.ALL.get(i);
      Page page = step.page(language);
      json.beginObject().name("number").value(i + 1).name("title").value(page.title()).name("text").value(page.text()).name("task").value(page.task()).name("done").value(page.done())
          .name("given").value(String.join("\n", step.given())).name("solution").value(step.solution()).endObject();
    }
    return json.endArray().endObject().toString();
  }
}
