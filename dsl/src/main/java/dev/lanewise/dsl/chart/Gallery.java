package dev.lanewise.dsl.chart;

import java.util.List;

/** Pictures side by side, under a title. */
public record Gallery(String title, List<Picture> pictures) {
  public Gallery {
    pictures = List.copyOf(pictures);
  }
}
