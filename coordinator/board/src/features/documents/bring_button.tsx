// A file of this machine is chosen and brought; what became of it is said beside the button.
import type { UploadAsk } from "@protocol";
import { useState } from "preact/hooks";
import { bringFile } from "../../net/bring_file";
import { useWords } from "../../state/store";
import button from "../../ui/button.module.css";
import { classes } from "../../ui/classes";
import css from "./documents.module.css";

const KINDS = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.jpg,.jpeg,.png";

interface Props { readonly label: string; readonly ask: Omit<UploadAsk, "name" | "size"> | undefined; readonly done?: () => void }

/** Without `ask` it cannot be pressed yet. */
export function BringButton({ label, ask, done }: Props) {
  const words = useWords();
  const [said, say] = useState<string | undefined>(undefined);
  const [busy, work] = useState(false);
  const bring = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined || ask === undefined) {
      return;
    }
    work(true);
    const fault = await bringFile(file, ask, words.language, words.documents.failed, (share) => { say(words.documents.coming(Math.floor(share * 100))); });
    work(false);
    say(fault ?? words.documents.came(file.name));
    input.value = "";
    if (fault === undefined) {
      done?.();
    }
  };
  return (
    <span class={css.bring}>
      <label class={classes(button.button, ask === undefined || busy ? css.off : undefined)}>{label}
        <input type="file" accept={KINDS} disabled={ask === undefined || busy} data-bring
          onChange={(event) => { void bring(event.currentTarget); }} /></label>
      {said === undefined ? null : <span role="status" class={css.said}>{said}</span>}
    </span>
  );
}
