// How many columns, so that every site stands on the screen at once if it can: the largest tiles that
// fit, small tiles without a picture of their own width when they do not, and only then a scroll bar.
export interface Grid {
  readonly columns: number;
  readonly tileHeight: number;
  readonly size: "large" | "usual" | "dense";
  readonly rows: number;
}

export const GRID_GAP = 6;

const TILE_WIDTH_MAX = 340;
const TILE_WIDTH_LARGE = 210;
const TILE_WIDTH_MIN = 104;
const TILE_FOOT = 44;
const LARGE_FOOT = 84;
const DENSE_WIDTH_MIN = 90;
const DENSE_HEIGHT = 56;

function widthOf(width: number, columns: number): number {
  return Math.floor((width - (columns - 1) * GRID_GAP) / columns);
}

function heightOf(rows: number, tileHeight: number): number {
  return rows * (tileHeight + GRID_GAP) - GRID_GAP;
}

/** Tiles take what height is left over, up to a share of it. */
function stretched(height: number, rows: number, natural: number, share: number): number {
  return Math.max(natural, Math.min(Math.floor((height + GRID_GAP) / rows) - GRID_GAP, Math.round(natural * share)));
}

export function fitGrid(width: number, height: number, cells: number): Grid {
  for (let columns = 1; widthOf(width, columns) >= TILE_WIDTH_MIN; columns += 1) {
    const tile = widthOf(width, columns);
    const natural = Math.round(tile * 9 / 16) + (tile >= TILE_WIDTH_LARGE ? LARGE_FOOT : TILE_FOOT);
    const rows = Math.ceil(cells / columns);
    if (tile <= TILE_WIDTH_MAX && heightOf(rows, natural) <= height) {
      return { columns, rows, size: tile >= TILE_WIDTH_LARGE ? "large" : "usual", tileHeight: stretched(height, rows, natural, 1.12) };
    }
  }
  const columns = Math.max(1, Math.floor((width + GRID_GAP) / (DENSE_WIDTH_MIN + GRID_GAP)));
  const rows = Math.ceil(cells / columns);
  return { columns, rows, size: "dense", tileHeight: stretched(height, rows, DENSE_HEIGHT, 1.5) };
}

/** Rows worth drawing: all, unless there are very many. */
export function visibleRows(grid: Grid, scrollTop: number, height: number): { from: number; to: number } {
  const FEW = 60;
  const MARGIN = 3;
  if (grid.rows <= FEW) {
    return { from: 0, to: grid.rows };
  }
  const step = grid.tileHeight + GRID_GAP;
  return {
    from: Math.max(0, Math.floor(scrollTop / step) - MARGIN),
    to: Math.min(grid.rows, Math.ceil((scrollTop + height) / step) + MARGIN),
  };
}
