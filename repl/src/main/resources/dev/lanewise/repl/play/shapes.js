// Where the values of a layer lie in its picture: pure geometry, in CSS pixels that are whole pixels of the screen.

const GAP = 4;

/** [10, 24, 24] → ten maps of 24x24; [20, 50] → one map; [50] → fifty cells. */
export function dimensions(shape) {
  if (shape.length >= 3) return {maps: shape.slice(0, -2).reduce((a, b) => a * b, 1), height: shape.at(-2), width: shape.at(-1), rank: shape.length};
  if (shape.length === 2) return {maps: 1, height: shape[0], width: shape[1], rank: 2};
  return {maps: 1, height: 1, width: shape[0] ?? 1, rank: 1};
}

/** How large one value of a map is, so that the map comes near the wanted size. */
function cellOf(height, width, size, ratio) {
  const fit = size * ratio / Math.max(height, width);
  return (fit < 1 ? fit : fit < 2 ? Math.floor(fit + 0.3) : Math.floor(fit)) / ratio;
}

/** The maps of a layer in rows; pitch is as large as the largest chip of the column needs, so that no chip moves anything. */
export function mapsLayout({maps, height, width}, size, pitch, shown, space, ratio) {
  const cell = cellOf(height, width, size, ratio);
  const rows = space.width ? 1 : Math.max(1, Math.min(shown, Math.floor((space.height + GAP + 0.5) / (pitch.y + GAP))));
  const columns = space.width ? Math.max(1, Math.floor((space.width + GAP) / (pitch.x + GAP))) : Math.ceil(shown / rows);
  const down = Math.ceil(shown / columns);
  return {
    kind: 'maps', cell, columns, maps, shown, w: width, h: height,
    width: Math.min(columns, shown) * (pitch.x + GAP) - GAP, height: down * (pitch.y + GAP) - GAP,
    place: q => ({x: q % columns * (pitch.x + GAP), y: Math.floor(q / columns) * (pitch.y + GAP)}),
    hit(x, y) {
      const column = Math.floor(x / (pitch.x + GAP)), row = Math.floor(y / (pitch.y + GAP)), q = row * columns + column;
      const j = Math.floor((x - column * (pitch.x + GAP)) / cell), i = Math.floor((y - row * (pitch.y + GAP)) / cell);
      return column < columns && q < shown && i >= 0 && j >= 0 && i < height && j < width ? {q, y: i, x: j} : null;
    },
  };
}

/** The size in which the maps of a chip are drawn: its contribution to the pitch of the column. */
export function extent({height, width}, size, ratio) {
  const cell = cellOf(height, width, size, ratio);
  return {x: width * cell, y: height * cell};
}

/** So many values as cells in columns of one height. */
export function cellsLayout(length, space) {
  const steps = [15, 10, 8, 6, 4, 3, 2, 1];
  const cell = space.width ? (length <= 128 ? 13 : length <= 1024 ? 6 : 3) : steps.find(s => Math.ceil(length / Math.floor(space.height / s)) * s <= 128) ?? 1;
  const gap = cell > 3 ? 1 : 0;
  const perLine = space.width ? Math.floor(space.width / cell) : Math.ceil(length / Math.floor(space.height / cell));
  const lines = Math.ceil(length / perLine);
  return {
    kind: 'cells', cell: cell - gap, shown: length, w: 1, h: 1, maps: length,
    width: Math.min(perLine, length) * cell - gap, height: lines * cell - gap,
    place: q => ({x: q % perLine * cell, y: Math.floor(q / perLine) * cell}),
    hit(x, y) {
      const column = Math.floor(x / cell), q = Math.floor(y / cell) * perLine + column;
      return column < perLine && q < length ? {q, y: 0, x: 0} : null;
    },
  };
}
