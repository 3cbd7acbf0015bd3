package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import java.util.Optional;

/** Something that can be drawn. */
public interface Chart {
  int width();

  int height();

  void draw(Canvas canvas);

  /** How something to look at is drawn; tables are printed, not drawn. */
  static Optional<Chart> of(Exhibit exhibit) {
    return switch (exhibit) {
      case Table _ -> Optional.empty();
      case Figure figure -> Optional.of(new FigureChart(figure));
      case Gallery gallery -> Optional.of(new GalleryChart(gallery));
      case Boundary boundary -> Optional.of(new BoundaryChart(boundary));
      case Walked walked -> Optional.of(new WalkedChart(walked));
      case Spectrum spectrum -> Optional.of(new SpectrumChart(spectrum));
    };
  }
}
