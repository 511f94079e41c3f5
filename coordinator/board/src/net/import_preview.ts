// What a programme that was brought would change: the coordinator looks, and looks again after each correction.
import type { ImportAsk, ImportPreview, WireRefused } from "@protocol";

export type Looked = ImportPreview | { refused: string } | "unknown_upload";

export async function previewOf(upload: string, ask: ImportAsk, language: string, failed: string): Promise<Looked> {
  try {
    const answer = await fetch(`/api/v1/imports?upload=${upload}&lang=${language}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(ask),
    });
    if (answer.ok) {
      return await answer.json() as ImportPreview;
    }
    const refused = await answer.json() as WireRefused;
    return refused.code === "not_found" ? "unknown_upload" : { refused: refused.text };
  } catch {
    return { refused: failed };
  }
}
