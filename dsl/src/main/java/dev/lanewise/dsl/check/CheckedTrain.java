package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.train.TrainSettings;

/** A {@code train} statement, ready to run. @param name of the run; empty without one */
public record CheckedTrain(String name, Span span, CheckedNet net, CheckedData data, TrainSettings settings) {}
