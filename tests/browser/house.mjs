// The real programs on loopback: coordinator, relay and simulated sites, in a folder of their own.
import { execFile, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const END_MS = 5000;
const SOON_MS = 50;
const PORT_TRIES = 1000;

const listens = (server, ...where) => new Promise((done) => server.once("error", () => done(false)).listen(...where, () => done(true)));

/**
 * Below those that Linux hands out by itself: nobody else gets it while whoever has it is dead. Reserved
 * among tests by holding the odd one of its pair, as in tests/integration/house.py, for as long as this
 * process lives.
 */
async function freePort() {
  for (let tries = 0; tries < PORT_TRIES; tries += 1) {
    const port = 2 * randomInt(10_000, 16_000);
    const held = createServer().unref();
    const server = createServer();
    if (await listens(held, port + 1, "127.0.0.1") && await listens(server, port, "127.0.0.1")) {
      await new Promise((done) => server.close(done));
      return port;
    }
    held.close();
  }
  throw new Error(`no free port in ${PORT_TRIES} tries`);
}

function wordAfter(text, label) {
  return new RegExp(`^${label}:\\s*(\\S+)`, "m").exec(text)[1];
}

export class House {
  /** `fleet`: options of the simulated sites; with --live they can be told what to do. `serving`: options of the coordinator. */
  constructor(programs, plan, fleet = [], serving = []) {
    this.programs = programs;
    this.plan = plan;
    this.fleet = fleet;
    this.serving = serving;
    this.running = new Map();
  }

  async open() {
    this.folder = await mkdtemp(join(tmpdir(), "diemcau-browser-"));
    this.state = join(this.folder, "state");
    this.port = await freePort();
    this.url = `https://127.0.0.1:${this.port}/`;
    const { stdout } = await run(this.program("diemcau-coordinator"), ["init", this.state, "--plan", this.plan, "--address", `127.0.0.1:${this.port}`, "--language", "en"]);
    this.account = wordAfter(stdout, "account");
    this.password = wordAfter(stdout, "password");
    this.startCoordinator();
    this.start("diemcau-relay", ["--join", join(this.state, "join/relay.json"), "--listen", "127.0.0.1:0"]);
    this.start("diemcau-fleet", ["--join-dir", join(this.state, "join"), ...this.fleet]);
  }

  program(name) {
    return join(this.programs, name);
  }

  start(name, options) {
    const child = spawn(this.program(name), options, { stdio: ["pipe", "pipe", "pipe"] });
    const log = createWriteStream(join(this.folder, `${name}.log`), { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.ended = new Promise((done) => child.on("exit", done));
    this.running.set(name, child);
  }

  /** What a program has said that matches, once it has. */
  async said(name, wanted) {
    for (;;) {
      const found = wanted.exec(await readFile(join(this.folder, `${name}.log`), "utf8").catch(() => ""));
      if (found) {
        return found[0];
      }
      await sleep(SOON_MS);
    }
  }

  /** A simulated site does this now. */
  tell(site, action) {
    this.running.get("diemcau-fleet").stdin.write(`${JSON.stringify({ after: 0, action, site })}\n`);
  }

  startCoordinator() {
    this.start("diemcau-coordinator", ["run", this.state, "--plan", this.plan, "--listen", `127.0.0.1:${this.port}`, ...this.serving]);
  }

  /** Its address, which is told once. */
  async displayLink(name, view) {
    const { stdout } = await run(this.program("diemcau-coordinator"), ["display", "add", this.state, name, "--view", view, "--language", "en"]);
    return wordAfter(stdout, "address");
  }

  async removeDisplayLink(name) {
    await run(this.program("diemcau-coordinator"), ["display", "remove", this.state, name, "--language", "en"]);
  }

  /** Whoever has this role, with the password that is told once. */
  async addAccount(name, role) {
    const { stdout } = await run(this.program("diemcau-coordinator"), ["account", "add", this.state, name, "--role", role, "--language", "en"]);
    return wordAfter(stdout, "password");
  }

  /** A new one is made, as if the old had been told to somebody. */
  async changePassword() {
    const { stdout } = await run(this.program("diemcau-coordinator"), ["account", "passwd", this.state, this.account, "--language", "en"]);
    this.password = wordAfter(stdout, "password");
  }

  async stop(name, signal = "SIGTERM") {
    const child = this.running.get(name);
    this.running.delete(name);
    child?.kill(signal);
    await Promise.race([child?.ended, sleep(END_MS).then(() => child?.kill("SIGKILL"))]);
  }

  async close() {
    for (const name of [...this.running.keys()].reverse()) {
      await this.stop(name);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
