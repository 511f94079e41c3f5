// Which cells stand on the grid, in which order, and which is beside which. Pure.
import type { SiteId, WireSiteView } from "@protocol";
import { regionsOf } from "../../domain/queries";

export interface RegionCell {
  readonly name: string;
  readonly sites: readonly SiteId[];
}

export interface SiteCell {
  readonly site: SiteId;
}

export type Cell = RegionCell | SiteCell;

/** So few that a tile can say its region itself. */
const FEW_SITES = 16;

export function isSite(cell: Cell): cell is SiteCell {
  return "site" in cell;
}

export function cellsOf(sites: readonly WireSiteView[]): Cell[] {
  const main = sites.filter((site) => site.kind === "main").map(({ site }) => ({ site }));
  const regions = regionsOf(sites);
  const named = regions.length > 1 && sites.length > FEW_SITES;
  return [...main, ...regions.flatMap((region) => {
    const members = region.sites.map(({ site }) => site);
    return [...(named ? [{ name: region.name, sites: members }] : []), ...members.map((site) => ({ site }))];
  })];
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns,
};

/** The site reached from one cell by an arrow; a region's own cell is stepped over. */
export function neighbour(cells: readonly Cell[], from: SiteId, key: string, columns: number): SiteId | undefined {
  const step = STEPS[key]?.(columns);
  const start = cells.findIndex((cell) => isSite(cell) && cell.site === from);
  if (step === undefined || start < 0) {
    return undefined;
  }
  const cell = cells[start + step];
  const there = cell && !isSite(cell) ? cells[start + step + (step < 0 && Math.abs(step) === 1 ? -1 : 1)] : cell;
  return there && isSite(there) ? there.site : undefined;
}
