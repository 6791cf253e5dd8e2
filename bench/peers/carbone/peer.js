// Carbone under measure. Reads one JSON order a line, answers one a line with times in ms.
// Orders: {op: "render" | "convert" | "both", count, parallel}; answers: {times, total, sample}.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const carbone = require('carbone');

const [template, document, data, factories] = process.argv.slice(2);
const values = JSON.parse(fs.readFileSync(data, 'utf8'));
const word = fs.readFileSync(document);

const ACTIONS = {
  render: (done) => carbone.render(path.basename(template), values, {}, done),
  convert: (done) => carbone.convert(word, { convertTo: 'pdf', extension: 'docx' }, done),
  both: (done) => carbone.render(path.basename(template), values, { convertTo: 'pdf' }, done),
};

function once(action) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    action((error, result) => {
      if (error) {
        reject(new Error(String(error)));
      } else {
        resolve([Number(process.hrtime.bigint() - started) / 1e6, result]);
      }
    });
  });
}

async function run({ op, count, parallel }) {
  const times = [];
  let left = count;
  let sample = null;
  const started = process.hrtime.bigint();
  async function lane() {
    while (left-- > 0) {
      const [time, result] = await once(ACTIONS[op]);
      times.push(time);
      sample = result;
    }
  }
  await Promise.all(Array.from({ length: parallel }, lane));
  const total = Number(process.hrtime.bigint() - started) / 1e6;
  return { times, total, sample: sample.toString('base64') };
}

async function serve() {
  console.log(JSON.stringify({ ready: true }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      console.log(JSON.stringify(await run(JSON.parse(line))));
    } catch (error) {
      console.log(JSON.stringify({ error: error.message }));
    }
  }
  process.exit(0);
}

carbone.set({
  startFactory: true,
  factories: Number(factories),
  lang: 'fr-fr',
  templatePath: path.dirname(template),
});
serve();
