// Drawings, 16 by 16, in the colour of the text around them. Never the only carrier of a meaning: a
// word or a label stands beside each.
import type { ComponentChildren } from "preact";

export type IconName =
  | "link" | "lost" | "absent" | "good" | "degraded" | "silent" | "none" | "mic" | "muted" | "locked" | "hand"
  | "alarm" | "check" | "clock" | "take" | "stop" | "pause" | "undo" | "plus" | "search" | "help" | "sun" | "moon"
  | "screen" | "message" | "close" | "up" | "down" | "content" | "home" | "bar" | "next" | "spare" | "out" | "relay"
  | "cue" | "skip" | "phone" | "pencil" | "person" | "log" | "list" | "agenda" | "grid" | "bell" | "take_in";

const DRAWINGS: Readonly<Record<IconName, ComponentChildren>> = {
  link: <path d="M3 8.5 6.5 12 13 4.5" />,
  lost: <path d="M4 4l8 8M12 4l-8 8" />,
  absent: <circle cx="8" cy="8" r="4.5" stroke-dasharray="2.4 2.2" />,
  good: <path d="M3 12.5v-2M6.5 12.5V8.5M10 12.5V6M13.5 12.5v-9" />,
  degraded: <><path d="M3 12.5v-2M6.5 12.5v-4" /><path d="M11.5 3.5v5M11.5 12v.5" /></>,
  silent: <path d="M3 12.5v-2M6.5 12.5v-4M10 4l4 4M14 4l-4 4" />,
  none: <path d="M3 12.5h.1M6.5 12.5h.1M10 12.5h.1M13.5 12.5h.1" />,
  mic: <><rect x="6" y="2" width="4" height="7.5" rx="2" /><path d="M3.5 8a4.5 4.5 0 0 0 9 0M8 12.5V14.5" /></>,
  muted: <><path d="M6 6V4a2 2 0 0 1 4 0v4M3.5 8a4.5 4.5 0 0 0 7 3.7M8 12.5v2M2.5 2.5l11 11" /></>,
  locked: <><rect x="3.5" y="7" width="9" height="6.5" rx="1.5" /><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" /></>,
  hand: <path d="M5 8.5V4a1 1 0 0 1 2 0v3.5V2.8a1 1 0 0 1 2 0V7.5 3.8a1 1 0 0 1 2 0V9.5c0 3-1.5 4.7-3.8 4.7-1.7 0-2.7-.8-3.5-2.3L2.5 9.2c-.5-1 .8-1.8 1.5-.9z" />,
  alarm: <path d="M8 2.5 14.3 13.5H1.7zM8 6.5v3.5M8 11.7v.3" />,
  check: <path d="M3 8.5 6.5 12 13 4.5" />,
  clock: <><circle cx="8" cy="8" r="5.8" /><path d="M8 4.8V8l2.3 1.5" /></>,
  take: <path d="M4.5 3v10l8.5-5z" fill="currentColor" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" stroke-width="2.4" />,
  undo: <path d="M5.5 3 2.5 6l3 3M3 6h6.2a3.8 3.8 0 0 1 0 7.5H6" />,
  plus: <path d="M8 3v10M3 8h10" />,
  search: <><circle cx="7" cy="7" r="4.2" /><path d="M10.2 10.2 14 14" /></>,
  help: <><path d="M5.5 6a2.5 2.5 0 1 1 3.8 2.1C8.3 8.7 8 9.2 8 10.3M8 12.8v.2" /></>,
  sun: <><circle cx="8" cy="8" r="2.8" /><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1" /></>,
  moon: <path d="M13 9.8A5.6 5.6 0 0 1 6.2 3 5.6 5.6 0 1 0 13 9.8z" />,
  screen: <><rect x="1.8" y="3" width="12.4" height="8.2" rx="1" /><path d="M5.5 13.7h5" /></>,
  message: <path d="M2.5 3.5h11v7.5h-6l-3 2.5V11h-2z" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  up: <path d="M8 13V3.5M4 7.5l4-4 4 4" />,
  down: <path d="M8 3v9.5M4 8.5l4 4 4-4" />,
  content: <><rect x="2" y="3" width="12" height="10" rx="1" /><path d="M4.5 10V8M8 10V6M11.5 10V7" /></>,
  home: <path d="M2.5 7.5 8 3l5.5 4.5V13.5h-11zM6.5 13.5v-3.5h3v3.5" />,
  bar: <><circle cx="8" cy="8" r="5.8" /><path d="M4 4l8 8" /></>,
  next: <path d="M3 4l5 4-5 4zM8.5 4l5 4-5 4z" fill="currentColor" />,
  spare: <><rect x="2" y="2.5" width="8" height="6" rx="1" /><path d="M6 11v2.5h8V7.5h-2" /></>,
  out: <path d="M6.5 2.5h-4v11h4M6.5 8h7M10.5 5l3 3-3 3" />,
  relay: <><circle cx="8" cy="8" r="1.8" /><path d="M4.5 11.5a5 5 0 0 1 0-7M11.5 4.5a5 5 0 0 1 0 7" /></>,
  cue: <path d="M8 2.5v2M8 11.5v2M2.5 8h2M11.5 8h2M8 8h.1" stroke-width="2" />,
  skip: <path d="M3.5 3.5v9l6-4.5zM12 3.5v9" />,
  person: <><circle cx="8" cy="5" r="2.7" /><path d="M2.8 13.8c.6-3 2.6-4.3 5.2-4.3s4.6 1.3 5.2 4.3" /></>,
  phone: <path d="M4.3 2.5 6.5 5 5.2 6.8a8 8 0 0 0 4 4L11 9.5l2.5 2.2c-.3 1.4-1.2 2-2.5 1.8C6.6 12.9 3.1 9.4 2.5 5c-.2-1.3.4-2.2 1.8-2.5z" />,
  pencil: <path d="M3 13l.7-3L11 2.7 13.3 5 6 12.3zM9.5 4.2l2.3 2.3" />,
  log: <path d="M3 4h10M3 8h10M3 12h6" />,
  list: <path d="M6 4h8M6 8h8M6 12h8M2.5 4h.5M2.5 8h.5M2.5 12h.5" />,
  agenda: <><rect x="2.5" y="3" width="11" height="10.5" rx="1" /><path d="M2.5 6.5h11M5.5 1.8v2.4M10.5 1.8v2.4" /></>,
  bell: <path d="M8 2v1.2M3.2 11.5c1.2-1.2 1.4-2.4 1.4-4.3a3.4 3.4 0 0 1 6.8 0c0 1.9.2 3.1 1.4 4.3zM6.8 13.3a1.3 1.3 0 0 0 2.4 0" />,
  take_in: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 10.5v3h11v-3" />,
  grid: <path d="M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z" />,
};

export interface IconProps {
  readonly name: IconName;
  /** What it says when no word stands beside it. */
  readonly label?: string;
}

export function Icon({ name, label }: IconProps) {
  return (
    <svg class="icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"
      stroke-linejoin="round" role={label ? "img" : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      {label ? <title>{label}</title> : null}
      {DRAWINGS[name]}
    </svg>
  );
}
