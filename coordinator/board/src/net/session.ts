// Who is at this board. The session itself is a cookie that scripts cannot read.
import type { Who, WireLogin } from "@protocol";

const ROUTE = "/api/v1/session";

export type LoginFault = "wrong" | "slow" | "failed";

export async function whoAmI(): Promise<Who | undefined> {
  try {
    const answer = await fetch(ROUTE, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() as Who : undefined;
  } catch {
    return undefined;
  }
}

export async function login(account: string, password: string): Promise<Who | LoginFault> {
  const body: WireLogin = { account, password };
  try {
    const answer = await fetch(ROUTE, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (answer.ok) {
      return await answer.json() as Who;
    }
    return answer.status === 429 || answer.status === 503 ? "slow" : answer.status < 500 ? "wrong" : "failed";
  } catch {
    return "failed";
  }
}

export async function logout(): Promise<void> {
  await fetch(ROUTE, { method: "DELETE" }).catch(() => undefined);
}
