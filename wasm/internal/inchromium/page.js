// Runs a Go test binary: its output is in `output`, its end in `finished`.
"use strict";
var output = "";
const decoder = new TextDecoder();
globalThis.fs.writeSync = (fd, buf) => {
  output += decoder.decode(buf, { stream: true });
  return buf.length;
};
var finished = (async () => {
  const query = new URLSearchParams(location.search);
  const go = new Go();
  go.argv = ["test", ...query.getAll("arg")];
  go.env = Object.fromEntries(query.getAll("env").map((e) => e.split(/=(.*)/s).slice(0, 2)));
  let code = -1;
  go.exit = (c) => { code = c; };
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/test.wasm"), go.importObject);
  await go.run(instance);
  return { code, output };
})();
