package dev.lanewise.dsl.verb.test;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.source.OwnImages;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Images of somebody's own as a network saw them, each with what it says of it, or beside the image that it makes of it. */
record OwnPictures(String title, CheckedNet net, OwnImages own, Said said) {
  /** Whether what the network gives is an image, too. */
  boolean isRebuilt() {
    return !said.isClass() && (Exhibits.isPicture(net.output()) || net.output().size() == net.input().size());
  }

  Gallery gallery() {
    List<Integer> all = IntStream.range(0, own.files().size()).boxed().toList();
    String seen = title + ", as the network saw it";
    if (!isRebuilt()) {
      return Exhibits.examples(seen, own.images(), all, i -> all.size() == 1 ? said.inWords(i) : own.names().get(i) + ": " + said.inWords(i));
    }
    Shape output = Exhibits.isPicture(net.output()) ? net.output() : net.input();
    List<Picture> pictures = new ArrayList<>();
    for (int i : all) {
      pictures.add(Exhibits.picture(own.images().shape(), Exhibits.values(own.images(), i), own.names().get(i)));
      pictures.add(Exhibits.picture(output, said.outputs(i), "output"));
    }
    return new Gallery(seen, pictures, 2);
  }
}
