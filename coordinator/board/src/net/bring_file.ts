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

function isWhole(at: UploadState): boolean {
  return at.file !== undefined || at.ready === true;
}

type Asked = Omit<UploadAsk, "name" | "size">;

/** All of it has come; else a sentence. */
async function bringWhole(file: File, ask: Asked, language: string, failed: string,
  progress: (share: number) => void): Promise<UploadState | { refused: string }> {
  try {
    const answer = await fetch(`/api/v1/uploads?lang=${language}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...ask, name: file.name, size: file.size }),
    });
    if (!answer.ok) {
      return { refused: await sentenceOf(answer) };
    }
    let at = await answer.json() as UploadState;
    for (let cuts = 0; !isWhole(at) && cuts < ATTEMPTS;) {
      progress(at.offset / at.size);
      const next = await bringPiece(file, at);
      if (next === "cut") {
        cuts++;
        await pause(backoff(cuts, Math.random));
        at = await whereItIs(at);
      } else if ("refused" in next) {
        return next;
      } else {
        at = next;
      }
    }
    return isWhole(at) ? at : { refused: failed };
  } catch {
    return { refused: failed };
  }
}

export async function bringFile(file: File, ask: Asked, language: string, failed: string, progress: (share: number) => void): Promise<Brought> {
  const brought = await bringWhole(file, ask, language, failed, progress);
  return "refused" in brought ? brought.refused : undefined;
}

/** A programme of an office, to be looked at: the number of its upload, else why it did not come. */
export async function bringProgramme(file: File, language: string, failed: string,
  progress: (share: number) => void): Promise<{ upload: string } | { refused: string }> {
  const brought = await bringWhole(file, { programme: true }, language, failed, progress);
  return "refused" in brought ? brought : { upload: brought.upload };
}
