// measure.mjs - how long a command takes, and how much memory its processes have at most together.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const QUICK = 10, SLOW = 100; // milliseconds between two looks at the memory, at first and later

const read = (path) => {
  try { return readFileSync(path, 'utf8'); } catch { return ''; } // the process may be gone
};

function familyOf(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return [pid, ...children.flatMap(familyOf)];
}

// Kilobytes of the process and its children; a page that several share counts once.
function memoryOf(pid) {
  return familyOf(pid).reduce(
    (sum, each) => sum + Number(/^Pss: *(\d+)/m.exec(read(`/proc/${each}/smaps_rollup`))?.[1] ?? 0), 0);
}

// Runs argv to its end. `statuses` are the exit statuses that count as done.
export function run(argv, { statuses = [0], env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(argv[0], argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
    let output = '', errors = '', kilobytes = 0, looks = 0, timer;
    const look = () => {
      kilobytes = Math.max(kilobytes, memoryOf(child.pid));
      timer = setTimeout(look, looks++ < 20 ? QUICK : SLOW);
    };
    timer = setTimeout(look, 1);
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { errors += data; });
    child.on('error', (error) => { clearTimeout(timer); reject(error); });
    child.on('close', (status) => {
      clearTimeout(timer);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (statuses.includes(status)) resolve({ seconds, kilobytes, output, errors, status });
      else reject(Object.assign(new Error(`${argv[0]}: exit status ${status}\n${output.slice(-2000)}${errors.slice(-2000)}`), { status }));
    });
  });
}

// The quickest of three runs of each command, in turn, so that what disturbs one disturbs all; once
// when they take long. `prepare` runs before each round.
export async function best(commands, { prepare = () => {}, long = 20, ...options } = {}) {
  const bests = commands.map(() => null);
  for (let round = 0, spent = 0; round < 3 && spent < long; round++) {
    for (const [i, argv] of commands.entries()) {
      prepare();
      const result = await run(argv, options);
      spent += result.seconds;
      const memory = Math.max(result.kilobytes, bests[i]?.kilobytes ?? 0);
      if (bests[i] === null || result.seconds < bests[i].seconds) bests[i] = result;
      bests[i].kilobytes = memory;
    }
  }
  return bests;
}
