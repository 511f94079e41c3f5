// All sites by region, always all of them. A region is named in a cell of its own in the flow of
// tiles, so no row is wasted on headings; where sites are few, each large tile names it.
import type { SiteId, WireSiteView } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { fitGrid, GRID_GAP, visibleRows, type Grid } from "./grid";
import type { Model } from "../../domain/model";
import { raisedHands, regionsOf, sitesInOrder, type Region } from "../../domain/queries";
import { unmeasuredSince } from "../../domain/unmeasured";
import { useWords } from "../../state/words";
import { Icon } from "../../ui/icon";
import { Tile } from "./tile";

type Cell = { readonly region: Region } | { readonly site: WireSiteView };

/** So few that a tile can say its region itself. */
const FEW_SITES = 16;

function cellsOf(sites: readonly WireSiteView[]): Cell[] {
  const main = sites.filter((site) => site.kind === "main").map((site) => ({ site }));
  const regions = regionsOf(sites);
  return [...main, ...regions.flatMap((region) =>
    [...(regions.length > 1 && sites.length > FEW_SITES ? [{ region }] : []), ...region.sites.map((site) => ({ site }))])];
}

function alarmedSites(now: Model): ReadonlySet<SiteId> {
  return new Set([...now.alarms.values()].flatMap((alarm) => alarm.site ?? []));
}

function RegionCell({ region }: { region: Region }) {
  const words = useWords();
  const online = region.sites.filter((site) => site.link === "online").length;
  const whole = online === region.sites.length;
  return (
    <div class={`region${whole ? "" : " partial"}`} role="heading" aria-level={3}>
      <b title={region.name}>{region.name}</b>
      <span title={words.sites.online(online, region.sites.length)}><Icon name={whole ? "check" : "alarm"} />{online}/{region.sites.length}</span>
    </div>
  );
}

interface Box { readonly width: number; readonly height: number; readonly scrollTop: number }

/** Size and scroll position of the box that holds the tiles. */
function useBox(): { ref: preact.RefObject<HTMLDivElement>; box: Box; onScroll: () => void } {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ width: 1000, height: 800, scrollTop: 0 });
  const measure = (): void => {
    const element = ref.current;
    if (element) {
      setBox({ width: element.clientWidth, height: element.clientHeight, scrollTop: element.scrollTop });
    }
  };
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (ref.current) {
      observer.observe(ref.current);
    }
    measure();
    return () => observer.disconnect();
  }, []);
  return { ref, box, onScroll: measure };
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns,
};

/** The site reached from one cell by an arrow; a region's own cell is stepped over. */
function neighbour(cells: readonly Cell[], from: SiteId, key: string, columns: number): SiteId | undefined {
  const step = STEPS[key]?.(columns);
  const start = cells.findIndex((cell) => "site" in cell && cell.site.site === from);
  if (step === undefined || start < 0) {
    return undefined;
  }
  const cell = cells[start + step];
  const there = cell && "region" in cell ? cells[start + step + (step < 0 && Math.abs(step) === 1 ? -1 : 1)] : cell;
  return there && "site" in there ? there.site.site : undefined;
}

interface TilesProps {
  readonly now: Model;
  readonly cells: readonly Cell[];
  readonly grid: Grid;
  readonly rows: { from: number; to: number };
  readonly reached: SiteId | undefined;
  readonly onReach: (site: SiteId) => void;
}

function Tiles({ now, cells, grid, rows, reached, onReach }: TilesProps) {
  const hands = raisedHands(now);
  const alarmed = alarmedSites(now);
  const unmeasured = unmeasuredSince(now);
  const step = grid.tileHeight + GRID_GAP;
  return (
    <div class={`tiles ${grid.size}`} style={{
      gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: `${grid.tileHeight}px`,
      paddingTop: `${rows.from * step}px`, paddingBottom: `${Math.max(0, (grid.rows - rows.to) * step)}px`,
    }}>
      {cells.slice(rows.from * grid.columns, rows.to * grid.columns).map((cell) => "region" in cell
        ? <RegionCell key={`region ${cell.region.name}`} region={cell.region} />
        : <Tile key={cell.site.site} site={cell.site} meeting={now.meeting.state} hand={hands.has(cell.site.site)}
          alarm={alarmed.has(cell.site.site)} unmeasured={unmeasured} reachable={cell.site.site === reached}
          onFocus={() => onReach(cell.site.site)} />)}
    </div>
  );
}

export function Sites({ now }: { now: Model }) {
  const words = useWords();
  const { ref, box, onScroll } = useBox();
  const [chosen, choose] = useState<SiteId | undefined>(undefined);
  const cells = cellsOf(sitesInOrder(now));
  const grid = fitGrid(box.width, box.height, cells.length);
  const first = cells.find((cell): cell is { site: WireSiteView } => "site" in cell)?.site.site;
  const reached = chosen !== undefined && now.sites.has(chosen) ? chosen : first;
  const walk = (event: KeyboardEvent): void => {
    const next = reached === undefined ? undefined : neighbour(cells, reached, event.key, grid.columns);
    if (next !== undefined) {
      event.preventDefault();
      choose(next);
      ref.current?.querySelector<HTMLElement>(`[data-site="${next}"]`)?.focus();
    }
  };
  return (
    <section class="panel sites" id="panel-sites" tabIndex={-1} aria-label={words.sites.heading}
      onFocus={(event) => event.target === event.currentTarget
        && ref.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus()}>
      <div class="scroll" ref={ref} onScroll={onScroll} onKeyDown={walk} data-keys="own">
        {cells.length === 0 ? <p class="empty">{words.sites.none}</p> : null}
        <Tiles now={now} cells={cells} grid={grid} rows={visibleRows(grid, box.scrollTop, box.height)}
          reached={reached} onReach={choose} />
      </div>
    </section>
  );
}
