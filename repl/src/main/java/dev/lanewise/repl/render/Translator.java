package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.dsl.session.Paused;
import dev.lanewise.dsl.session.SessionEvent;
import dev.lanewise.runtime.train.Control;

/** Tells a renderer in another language what a session tells in English. */
final class Translator implements Renderer {
  private final Renderer renderer;
  private final Voice voice;

  Translator(Renderer renderer, Voice voice) {
    this.renderer = renderer;
    this.voice = voice;
  }

  @Override
  public void on(SessionEvent event) {
    renderer.on(switch (event) {
      case SessionEvent.Diagnosed d -> new SessionEvent.Diagnosed(d.diagnostic().in(voice.phrases()));
      case SessionEvent.Defined d -> new SessionEvent.Defined(voice.say(d.kind()), d.name(), voice.say(d.summary()));
      case SessionEvent.Value v -> new SessionEvent.Value(v.name(), voice.say(v.text()));
      case SessionEvent.Stopped s -> new SessionEvent.Stopped(voice.say(s.what()));
      case SessionEvent.Shown s -> new SessionEvent.Shown(voice.say(s.table()));
      case SessionEvent e -> e;
    });
  }

  @Override
  public void problem(String message) {
    renderer.problem(voice.say(message));
  }

  @Override
  public Control.Next paused(Paused training) {
    return renderer.paused(training);
  }

  @Override
  public void clear() {
    renderer.clear();
  }

  @Override
  public void resized() {
    renderer.resized();
  }

  @Override
  public void finish(Outcome outcome) {
    renderer.finish(outcome);
  }
}
