// Bringing a file to the coordinator, piece by piece: after a cut it goes on from where the coordinator is.
import type { UploadAsk, UploadState, WireRefused } from "@protocol";
import { backoff } from "./backoff";

const ATTEMPTS = 8;

/** What became of it: undefined when the record has it, else a sentence. */
export type Brought = string | undefined;

async function sentenceOf(answer: Response): Promise<string> {
  try {
    return (await answer.json() as WireRefused).text;
  } catch {
    return answer.statusText;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

/** The next piece from where it is; "cut": the line was, or the coordinator is elsewhere. */
async function bringPiece(file: Blob, at: UploadState): Promise<UploadState | { refused: string } | "cut"> {
  try {
    const answer = await fetch(`/api/v1/uploads?upload=${at.upload}&offset=${at.offset}`, {
      method: "PATCH", headers: { "Content-Type": "application/octet-stream" },
      body: file.slice(at.offset, at.offset + at.piece),
    });
    if (answer.ok) {
      return await answer.json() as UploadState;
    }
    return answer.status === 409 || answer.status >= 500 ? "cut" : { refused: await sentenceOf(answer) };
  } catch {
    return "cut";
  }
}

async function whereItIs(at: UploadState): Promise<UploadState> {
  try {
    const answer = await fetch(`/api/v1/uploads?upload=${at.upload}`);
    return answer.ok ? await answer.json() as UploadState : at;
  } catch {
    return at;
  }
}

export async function bringFile(file: File, ask: Omit<UploadAsk, "name" | "size">, language: string, failed: string,
  progress: (share: number) => void): Promise<Brought> {
  try {
    const answer = await fetch(`/api/v1/uploads?lang=${language}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...ask, name: file.name, size: file.size }),
    });
    if (!answer.ok) {
      return await sentenceOf(answer);
    }
    let at = await answer.json() as UploadState;
    for (let cuts = 0; at.file === undefined && cuts < ATTEMPTS;) {
      progress(at.offset / at.size);
      const next = await bringPiece(file, at);
      if (next === "cut") {
        cuts++;
        await pause(backoff(cuts, Math.random));
        at = await whereItIs(at);
      } else if ("refused" in next) {
        return next.refused;
      } else {
        at = next;
      }
    }
    return at.file === undefined ? failed : undefined;
  } catch {
    return failed;
  }
}
