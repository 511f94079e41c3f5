// The latest small picture of a site, drawn on a canvas: no address to hand out, none to revoke.
import type { SiteNumber } from "@protocol";
import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../state/store";
import { classes } from "./classes";
import css from "./thumbnail.module.css";

async function draw(canvas: HTMLCanvasElement, jpeg: Blob, isCurrent: () => boolean): Promise<void> {
  const bitmap = await createImageBitmap(jpeg);
  if (isCurrent()) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  }
  bitmap.close();
}

export interface ThumbnailProps {
  readonly number: SiteNumber;
  /** Shown until there is a picture. */
  readonly code: string;
  /** Of a site that is cut off. */
  readonly old: boolean;
}

export function Thumbnail({ number, code, old }: ThumbnailProps) {
  const jpeg = useStore().server.thumbnails(number).value;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    if (jpeg && canvas.current) {
      // A damaged picture leaves the one before it.
      draw(canvas.current, jpeg, () => current).catch(() => undefined);
    }
    return () => {
      current = false;
    };
  }, [jpeg]);
  return (
    <div class={classes(css.thumbnail, old && css.old)} aria-hidden="true">
      {jpeg ? <canvas ref={canvas} width={192} height={108} /> : <span class={css.code}>{code}</span>}
    </div>
  );
}
