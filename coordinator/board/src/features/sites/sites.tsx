// All sites by region, always all of them. A region is named in a cell of its own in the flow of
// tiles, so no row is wasted on headings; where sites are few, each large tile names it.
import type { SiteId } from "@protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { useDerived } from "../../state/derived";
import { useStore, useWords } from "../../state/store";
import { Icon } from "../../ui/icon";
import { cellsOf, isSite, neighbour, type Cell, type RegionCell } from "./cells";
import { fitGrid, GRID_GAP, visibleRows, type Grid } from "./grid";
import { Tile } from "./tile";
import { classes } from "../../ui/classes";
import panel from "../../ui/panel.module.css";
import css from "./sites.module.css";

function Region({ name, sites }: RegionCell) {
  const words = useWords();
  const { meeting } = useStore();
  const online = useDerived(() => sites.filter((id) => meeting.site(id).value?.link === "online").length, [meeting, sites]);
  const whole = online === sites.length;
  const over = meeting.state.value === "closed"; // sites may go
  return (
    <div class={classes(css.region, !whole && !over && css.partial)} data-region={name} role="heading" aria-level={3}>
      <b title={name}>{name}</b>
      <span title={words.sites.online(online, sites.length)}><Icon name={whole ? "check" : over ? "absent" : "alarm"} />{online}/{sites.length}</span>
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

interface TilesProps {
  readonly cells: readonly Cell[];
  readonly grid: Grid;
  readonly rows: { from: number; to: number };
  readonly reached: SiteId | undefined;
  readonly onReach: (site: SiteId) => void;
}

function Tiles({ cells, grid, rows, reached, onReach }: TilesProps) {
  const step = grid.tileHeight + GRID_GAP;
  return (
    <div class={css.tiles} data-tiles={grid.size} style={{
      gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: `${grid.tileHeight}px`,
      paddingTop: `${rows.from * step}px`, paddingBottom: `${Math.max(0, (grid.rows - rows.to) * step)}px`,
    }}>
      {cells.slice(rows.from * grid.columns, rows.to * grid.columns).map((cell) => isSite(cell)
        ? <Tile key={cell.site} id={cell.site} reachable={cell.site === reached} onReach={onReach} />
        : <Region key={`region ${cell.name}`} name={cell.name} sites={cell.sites} />)}
    </div>
  );
}

export function Sites() {
  const words = useWords();
  const { meeting } = useStore();
  const { ref, box, onScroll } = useBox();
  const [chosen, choose] = useState<SiteId | undefined>(undefined);
  const cells = useDerived(() => cellsOf(meeting.sitesInOrder.value), [meeting]);
  const grid = fitGrid(box.width, box.height, cells.length);
  const sites = cells.filter(isSite);
  const reached = (sites.find((cell) => cell.site === chosen) ?? sites[0])?.site;
  const walk = (event: KeyboardEvent): void => {
    const next = reached === undefined ? undefined : neighbour(cells, reached, event.key, grid.columns);
    if (next !== undefined) {
      event.preventDefault();
      choose(next);
      ref.current?.querySelector<HTMLElement>(`[data-site="${next}"]`)?.focus();
    }
  };
  return (
    <section class={classes(panel.panel, css.sites)} id="panel-sites" tabIndex={-1} aria-label={words.sites.heading}
      onFocus={(event) => event.target === event.currentTarget
        && ref.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus()}>
      <div class={css.scroll} ref={ref} onScroll={onScroll} onKeyDown={walk} data-keys="own">
        {cells.length === 0 ? <p class="empty">{words.sites.none}</p> : null}
        <Tiles cells={cells} grid={grid} rows={visibleRows(grid, box.scrollTop, box.height)}
          reached={reached} onReach={choose} />
      </div>
    </section>
  );
}
