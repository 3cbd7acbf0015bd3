/** Networks as graphs to look at: in the languages of Graphviz and Mermaid, and as SVG. */
package dev.lanewise.dsl.draw;
