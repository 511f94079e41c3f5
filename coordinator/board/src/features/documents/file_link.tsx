// A file of the record, to be saved.
import type { MeetingFile } from "@protocol";
import { useWords } from "../../state/store";

const KIB = 1024;

function sizeOf(bytes: number): string {
  return bytes < KIB * KIB ? `${Math.max(1, Math.round(bytes / KIB))} KB` : `${(bytes / KIB / KIB).toFixed(1)} MB`;
}

export function FileLink({ file }: { file: MeetingFile }) {
  const words = useWords();
  return <a href={`/api/v1/files?digest=${file.digest}`} download={file.name} title={words.fileType[file.type]}>{file.name} <small>({sizeOf(file.size)})</small></a>;
}
