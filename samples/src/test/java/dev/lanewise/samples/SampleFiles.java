package dev.lanewise.samples;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.source.Tones;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Files in the form of those that some samples read, drawn here. */
final class SampleFiles {
  private SampleFiles() {}

  static void sounds(Path scratch) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("fsdd/recordings"));
    for (int speaker = 0; speaker < 3; speaker++) {
      Dataset voices = new Tones(120, 0.01, new Features.Wave()).make(speaker).train();
      for (int i = 0; i < voices.size(); i++) {
        float[] sound = new float[Tones.RATE];
        voices.read(i, sound, 0, 1);
        ByteBuffer samples = ByteBuffer.allocate(2 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : sound) {
          samples.putShort((short) (16_000 * v));
        }
        AudioSystem.write(
            new AudioInputStream(new ByteArrayInputStream(samples.array()), new AudioFormat(Tones.RATE, 16, 1, true, false), sound.length), AudioFileFormat.Type.WAVE,
            folder.resolve(voices.label(i) + "_" + "abc".charAt(speaker) + "_" + i / 10 + ".wav").toFile());
      }
    }
  }

  static void verses(Path scratch) throws IOException {
    String[] who = {"the king", "a fool", "my lord", "the queen"};
    String[] does = {" sleeps.", " speaks of love.", " is dead.", " goes to war."};
    StringBuilder play = new StringBuilder();
    for (int i = 0; i < 800; i++) {
      play.append(who[i * i % 7 % 4]).append(does[(i * i / 3 + i) % 4]).append(i % 5 == 0 ? '\n' : ' ');
    }
    Files.writeString(scratch.resolve("shakespeare.txt"), play);
  }

  static void emoji(Path scratch) throws IOException {
    String[] english = {"red", "green", "blue", "yellow", "pink", "black"};
    String[] chinese = {"红", "绿", "蓝", "黄", "粉", "黑"};
    Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW, Color.PINK, Color.BLACK};
    Path folder = Files.createDirectories(scratch.resolve("emoji-en-zh"));
    StringBuilder table = new StringBuilder("hex\tsheet_x\tsheet_y\ten\ten_tags\tzh\tzh_tags\n");
    BufferedImage sheet = new BufferedImage(colours.length * 34, 8 * 34, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = sheet.createGraphics();
    for (int i = 0; i < 48; i++) {
      int colour = i % 6;
      int form = i / 6;
      pen.setColor(colours[colour]);
      pen.fillOval(colour * 34 + 3, form * 34 + 3 + form, 28, 28 - 2 * form);
      table.append("1F%02d\t%d\t%d\t%s %d\t%s\t%s%d\t%s\n".formatted(i, colour, form, english[colour], form, english[colour], chinese[colour], form, chinese[colour]));
    }
    pen.dispose();
    ImageIO.write(sheet, "png", folder.resolve("sheet.png").toFile());
    Files.writeString(folder.resolve("emoji.tsv"), table);
  }

  static void cells(Path scratch) throws IOException {
    int[] colours = {0xe0b0b0, 0x6040a0, 0xc0c0f0};
    for (String part : List.of("train", "test")) {
      for (int i = 0; i < 60; i++) {
        BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0xf0e8e0));
        pen.fillRect(0, 0, 48, 48);
        pen.setColor(new Color(colours[i % 3]));
        pen.fillOval(4 + i % 7, 4 + i % 5, 24 + i % 11, 24 + i % 13);
        pen.dispose();
        Path kind = Files.createDirectories(scratch.resolve("bccd").resolve(part).resolve(List.of("RBC", "WBC", "Platelets").get(i % 3)));
        ImageIO.write(image, "png", kind.resolve(i + ".png").toFile());
      }
    }
  }

  /** Files in the form of those that some samples read. */
  static void texts(Path folder) throws IOException {
    Files.writeString(folder.resolve("shakespeare.txt"), "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ!$&',-.3:;?\n".repeat(3_000));
    Files.writeString(folder.resolve("names.txt"), "abcdefghijklm\nnopqrstuvwxyz\n".repeat(10));
    Files.writeString(folder.resolve("tang-jueju.txt"), "明月山水風，一二三四五。天地人日月，六七八九十。\n".repeat(10));
    Files.writeString(folder.resolve("cmn.txt"), "I am here.\t我在这里。\t-\n".repeat(10));
    for (String of : List.of("amazon_cells", "imdb", "yelp")) {
      Files.writeString(folder.resolve(of + "_labelled.txt"), "Good \"fish\", great.\t1\nNot good!\t0\n".repeat(40));
    }
  }
}
