// The same cube in DuckDB, materialised as a table in memory: prints seconds, cells and peak memory as a line of JSON.
//   node duckdb_cube.mjs FILE CASE THREADS DATE,AGE,ETHNICITY,AREA,PERSON
import { DuckDBInstance } from '@duckdb/node-api';

const [file, which, threads, list] = process.argv.slice(2);
const [date, age, ethnicity, area, person] = list.split(',');
const by = ['m', 'a', ethnicity].concat(which === 'count4' ? [area] : []).join(', ');
const people = which === 'people3' ? `, count(distinct ${person}) AS people` : '';
const records = which === 'count4' ? `${ethnicity}, ${area}` : ethnicity;
const query = `CREATE TEMP TABLE cube AS SELECT date_trunc('month', ${date}) AS m, ${age} // 5 AS a, ${records}, count(*) AS records${people} FROM read_csv('${file}') GROUP BY CUBE (${by})`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const started = performance.now();
await connection.run(query);
const seconds = (performance.now() - started) / 1000;
const cells = (await connection.runAndReadAll('SELECT count(*), max(records) FROM cube')).getRows()[0];
const usage = process.resourceUsage();
console.log(JSON.stringify({ seconds: Number(seconds.toFixed(3)), cpu_seconds: Number(((usage.userCPUTime + usage.systemCPUTime) / 1e6).toFixed(3)), cells: Number(cells[0]), records: Number(cells[1]), peak_mebibytes: Math.round(usage.maxRSS / 1024) }));
