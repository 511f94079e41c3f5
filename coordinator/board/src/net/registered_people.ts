// Who is named at a site: asked for when somebody who may see it looks, and kept nowhere here.
import type { RegisteredPeople, SiteId } from "@protocol";

export async function registeredPeople(site: SiteId): Promise<RegisteredPeople | undefined> {
  try {
    const answer = await fetch(`/api/v1/registrations?site=${site}`, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() as RegisteredPeople : undefined;
  } catch {
    return undefined;
  }
}
