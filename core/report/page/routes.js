"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const command = JSON.parse(document.getElementById("command").textContent);

// ---- where would this go ----
//
// The engine is wicket's. This reads only what can be read in one way: exact, prefix and literal conditions on plain
// requests. For everything else it throws Unsure, and the page names the command that knows.

class Unsure extends Error {}
const unsure = (why) => { throw new Unsure(why); };

// Names that the gateway or its filters treat in ways of their own.
const SPECIAL_HEADERS = /^(:|x-envoy-|x-forwarded-|(host|origin|upgrade|connection|content-type|transfer-encoding|expect|te|x-request-id|access-control-request-method)$)/;
const PLAIN_PATH = /^(\/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~!$&'()*+,;=:@-]*)*\/?$/;
const PLAIN_QUERY = /^[A-Za-z0-9._~!$&'()*+,;=:@\/?-]*$/;

function readUrl(text) {
  const parts = /^(https?):\/\/([A-Za-z0-9.-]+)(?::([0-9]+))?([\/?][^#]*)?(?:#.*)?$/.exec(text.trim());
  if (!parts) unsure("the URL is not a plain http:// or https:// one");
  const [, scheme, host, portText, rest = "/"] = parts;
  const port = portText === undefined ? (scheme === "https" ? 443 : 80) : Number(portText);
  if (port < 1 || port > 65535) unsure("the port is none");
  if (/^[0-9.]+$/.test(host) || host.startsWith(".") || host.endsWith(".") || host.includes("..")) unsure("the host is no plain name");
  const target = rest.startsWith("?") ? "/" + rest : rest;
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (!PLAIN_PATH.test(path)) unsure("the path needs normalisation: dots, doubled slashes, escapes");
  if (!PLAIN_QUERY.test(query)) unsure("the query has unusual characters");
  return {scheme, host: host.toLowerCase(), authority: host + (portText === undefined ? "" : ":" + portText), port, path, query};
}

function readHeaders(lines) {
  const headers = new Map();
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    if (!/^[a-z0-9-]+$/.test(key) || SPECIAL_HEADERS.test(key)) unsure(`the header ${name} has a meaning of its own`);
    if (headers.has(key)) unsure(`the header ${name} is sent twice`);
    if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) unsure(`the header ${name} has an unusual value`);
    headers.set(key, value);
  }
  return headers;
}

function findListener(port) {
  let fitting = data.listeners.filter((one) => one.serverPorts.includes(port));
  if (fitting.length === 0) fitting = data.listeners.filter((one) => one.port === port);
  if (fitting.length > 1) unsure(`several addresses listen on port ${port}`);
  return fitting[0];
}

const endsTls = (chain) => chain.kind !== "http" && chain.kind !== "tcp";

function findChain(listener, request) {
  if (request.scheme === "http") return listener.chains.find((chain) => !endsTls(chain));
  const names = [request.host];
  for (let dot = request.host.indexOf("."); dot >= 0; dot = request.host.indexOf(".", dot + 1)) names.push("*" + request.host.slice(dot));
  for (const name of names) {
    const found = listener.chains.filter((chain) => endsTls(chain) && chain.sni.includes(name));
    if (found.length > 1) unsure("several filter chains have the name");
    if (found.length === 1) return found[0];
  }
  if (listener.chains.some((chain) => !endsTls(chain))) unsure("the port takes TLS and plaintext");
  return listener.chains.find((chain) => endsTls(chain) && chain.sni.length === 0);
}

// The exact name, else the longest suffix wildcard, else the longest prefix wildcard, else every name.
function findHost(chain, host) {
  let best = null, bestRank = -1;
  for (const group of chain.hosts) {
    for (const domain of group.domains) {
      let rank = -1;
      if (domain === host) rank = 1e9;
      else if (domain === "*") rank = 0;
      else if (domain.startsWith("*") && host.length >= domain.length && host.endsWith(domain.slice(1))) rank = 1e6 + domain.length;
      else if (domain.endsWith("*") && host.length >= domain.length && host.startsWith(domain.slice(0, -1))) rank = domain.length;
      if (group.blackhole) rank = 0;
      if (rank > bestRank) { best = {group, domain}; bestRank = rank; }
    }
  }
  return best;
}

// A regex that is a literal, or one with ".*" behind it, is no regex.
function plain(condition) {
  if (condition.type !== "regex") return condition;
  const literal = /^([A-Za-z0-9_\/-]*)(\.\*)?$/.exec(condition.value);
  return literal && !condition.ignoreCase ? {...condition, type: literal[2] ? "prefix" : "exact", value: literal[1]} : condition;
}

// What every text that a regex takes begins with.
function requiredPrefix(pattern) {
  if (pattern.includes("|")) return "";
  const literal = /^[A-Za-z0-9_\/-]*/.exec(pattern)[0];
  return "*?{".includes(pattern[literal.length] ?? " ") ? literal.slice(0, -1) : literal;
}

// Whether a condition holds for a value: true, false, or null for "not to be told here".
function holds(condition, value) {
  const wanted = plain(condition);
  if (wanted.type === "present") return value !== undefined;
  if (wanted.type === "regex") return value === undefined || !value.startsWith(requiredPrefix(wanted.value)) ? false : null;
  if (value === undefined) return false;
  const lower = (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
  const [have, want] = wanted.ignoreCase ? [lower(value), lower(wanted.value)] : [value, wanted.value];
  if (wanted.type === "exact") return have === want;
  if (wanted.type === "prefix") return have.startsWith(want);
  const segment = want.endsWith("/") ? want.slice(0, -1) : want;
  return have.startsWith(segment) && (have.length === segment.length || have[segment.length] === "/");
}

function queryValue(query, name) {
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if ((equals < 0 ? pair : pair.slice(0, equals)) === name && query !== "") return equals < 0 ? "" : pair.slice(equals + 1);
  }
  return undefined;
}

function check(condition, request) {
  switch (condition.field) {
    case "path": return holds(condition, request.path);
    case "method": return holds(condition, request.method);
    case "scheme": return holds(condition, request.scheme);
    case "authority": return holds(condition, request.authority);
    case "query": return holds(condition, queryValue(request.query, condition.name));
    case "header": {
      const name = condition.name.toLowerCase();
      if (!/^[a-z0-9-]+$/.test(name) || SPECIAL_HEADERS.test(name)) return null;
      const value = request.headers.get(name);
      if (!condition.not) return holds(condition, value);
      const found = condition.type === "present" || value !== undefined ? holds(condition, value) : null;
      return found === null ? null : !found;
    }
    default: return null;
  }
}

function takes(route, request) {
  let sure = true;
  for (const condition of route.conditions) {
    const held = check(condition, request);
    if (held === false) return false;
    if (held === null) sure = false;
  }
  if (!sure) unsure(`whether ${route.title} takes it (${route.text}) is not for this page to say`);
  return true;
}

// {outcome, stage, status, virtualHost, route, destinations}: the same words as `wicket route -o json`.
function decide(method, url, headerLines) {
  if (data.filtered) unsure("the page does not hold all routes");
  if (data.trustedProxies > 0) unsure("a proxy in front of the gateway has a say");
  if (!/^[A-Z]+$/.test(method) || method === "CONNECT") unsure(`the method ${method} has a meaning of its own`);
  const request = {...readUrl(url), method, headers: readHeaders(headerLines)};
  const listener = findListener(request.port);
  if (!listener) return {outcome: "refused", stage: "listener", status: null};
  const chain = findChain(listener, request);
  if (!chain) return {outcome: "refused", stage: "filter_chain", status: null};
  if (chain.nack) unsure("Envoy would refuse this part of the configuration");
  if (chain.connection) {
    if (chain.connection.destinations.length === 0 || chain.connection.destinations.some((one) => one.missing)) unsure("a cluster is missing");
    return {outcome: "tcp_forward", stage: "filter_chain", status: null, route: chain.connection, destinations: chain.connection.destinations};
  }
  const found = findHost(chain, request.host);
  if (!found) return {outcome: "not_found", stage: "virtual_host", status: 404};
  const {group, domain: virtualHost} = found;
  if (group.httpsRedirect && request.scheme === "http") return {outcome: "https_redirect", stage: "virtual_host", status: 301, virtualHost};
  const route = group.routes.find((one) => takes(one, request));
  if (!route) return {outcome: "not_found", stage: "route", status: 404, virtualHost};
  if (route.action === "redirect") return {outcome: "redirect", stage: "route", status: route.redirect.status, virtualHost, route};
  if (route.action === "direct_response") return {outcome: "direct_response", stage: "route", status: route.directResponse.status, virtualHost, route};
  if (route.action !== "forward") unsure("Envoy refuses the route");
  if (route.fault && route.fault.abort) unsure("faults are injected");
  const missing = route.destinations.filter((one) => one.missing).length;
  if (missing > 0 && missing < route.destinations.length) unsure("one of the destinations has no cluster");
  return {outcome: "forward", stage: "route", status: missing > 0 ? 503 : null, virtualHost, route, destinations: route.destinations};
}

// ---- words ----

const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) key === "class" ? node.className = value : node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const place = (one) => one.file ? `${one.file}:${one.line}` : "";
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
const percent = (share) => `${Number((share * 100).toPrecision(4))}%`;
const clusterName = (one) => `${one.host}:${one.port}${one.subset ? ` (subset ${one.subset})` : ""}`;
const quote = (word) => /^[A-Za-z0-9_.,:\/@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

function commandFor(method, url, headers) {
  const words = ["wicket route"];
  if (method !== "GET") words.push("-X", quote(method));
  for (const [name, value] of headers) words.push("-H", quote(`${name}: ${value}`));
  return [...words, quote(url), command].join(" ").trim();
}

let needle = "";
function marked(text) {
  const at = needle ? text.toLowerCase().indexOf(needle) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), el("mark", {}, text.slice(at, at + needle.length)), text.slice(at + needle.length)];
}

// ---- list ----

function destinationNodes(destinations) {
  return destinations.map((one) => {
    const name = el("span", {class: one.missing ? "mono missing" : "mono"}, ...marked(clusterName(one)));
    const row = el("div", {class: "dest"}, name);
    if (destinations.length > 1) row.prepend(el("span", {class: "share"}, percent(one.probability)));
    const box = el("div", {}, row);
    if (destinations.length > 1) {
      const bar = el("i");
      bar.style.width = percent(one.probability);
      box.append(el("span", {class: "track"}, bar));
    }
    if (one.missing) box.append(el("small", {class: "missing"}, `no cluster: ${one.missing}`));
    return box;
  });
}

function actionNodes(route) {
  if (route.action === "forward") return destinationNodes(route.destinations);
  if (route.action === "redirect") return [el("span", {class: "mono"}, ...marked(`redirect ${route.redirect.text}`))];
  if (route.action === "direct_response") return [`answers ${route.directResponse.status}`];
  return ["nowhere"];
}

function routeRow(order, match, action, flags, one) {
  const source = el("td", {class: "source"}, el("span", {class: "mono"}, ...marked(place(one))), el("br"), el("small", {}, ...marked(one.title ?? "")));
  const what = el("td", {}, ...action);
  if (flags.length) what.append(el("div", {}, ...flags.map((flag) => el("span", {class: "chip"}, ...marked(flag)))));
  const row = el("tr", {}, el("td", {class: "order"}, order), el("td", {class: "match mono"}, ...marked(match)), what, source);
  if (place(one)) row.dataset.place = `${place(one)} ${one.title}`;
  return row;
}

const serverPlace = (chain) => ({...chain.servers[0], title: `server ${chain.servers[0].index} of Gateway ${chain.servers[0].gateway}`});

function routeTable(rows) {
  const head = el("tr", {}, ...[["", "order"], ["match", "match"], ["goes to", ""], ["written in", "source"]].map(([text, name]) => el("th", {class: name}, text)));
  return el("div", {class: "scroll"}, el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)));
}

function groupRows(group, chain) {
  const rows = [];
  if (group.httpsRedirect) rows.push(routeRow("", "every plaintext request", ["301 to https"], [], serverPlace(chain)));
  if (group.routes.length === 0 && !group.httpsRedirect) rows.push(routeRow("", "everything", ["404: no route"], [], serverPlace(chain)));
  if (group.httpsRedirect && chain.kind === "http") {
    if (group.routes.length > 0) rows.push(routeRow("", `(${count(group.routes.length, "route")} behind it)`, [], [], {}));
    return rows;
  }
  group.routes.forEach((route, index) => rows.push(routeRow(String(index + 1), route.text, actionNodes(route), route.flags, route)));
  if (group.hidden > 0) rows.push(routeRow("", `${group.hidden} more, not asked for`, [], [], {}));
  return rows;
}

const hostNames = (group) => group.blackhole ? "any host" : group.domains.join(", ");
const routeText = (route) => [route.text, route.name, route.title, place(route), route.virtualService, ...route.flags,
  ...(route.destinations ?? []).map(clusterName), route.redirect?.text].join("\n").toLowerCase();

// A table is drawn when it is opened: a page of ten thousand routes opens as fast as one of ten.
function groupNode(group, chain, open) {
  const node = el("details", {}, el("summary", {}, ...marked(hostNames(group)), el("small", {}, count(group.routes.length, "route"))));
  node.addEventListener("toggle", () => {
    if (node.open && node.children.length === 1) node.append(routeTable(groupRows(group, chain)));
  });
  node.group = group;
  if (open) { node.append(routeTable(groupRows(group, chain))); node.open = true; }
  return node;
}

const TLS_WORDS = {https: "TLS ends here", tls_terminated: "TLS ends here", tls_passthrough: "TLS passed through", tls_auto_passthrough: "TLS passed through"};
const ports = (chain) => [...new Set(chain.servers.map((server) => server.port))].join(", ");

function chainNode(chain, groups, open) {
  const head = el("h3", {}, `Port ${ports(chain)}`, el("span", {class: "chip"}, chain.servers[0].protocol));
  if (TLS_WORDS[chain.kind]) head.append(el("span", {class: "chip tls"}, TLS_WORDS[chain.kind]));
  if (chain.nack) head.append(el("span", {class: "chip bad"}, "Envoy refuses it"));
  head.append(el("small", {}, [...new Set(chain.servers.map((server) => `Gateway ${server.gateway}, ${place(server)}`))].slice(0, 3).join(" · ")));
  const node = el("div", {class: "listener"}, head);
  if (chain.connection) {
    const rows = [routeRow("", "every connection", destinationNodes(chain.connection.destinations), [], chain.connection)];
    node.append(el("details", {open: ""}, el("summary", {}, ...marked(chain.sni.join(", ") || "any name")), routeTable(rows)));
  }
  for (const group of groups) node.append(groupNode(group, chain, open));
  return node;
}

const OPEN_UP_TO = 60;  // routes that are shown without a click

function draw() {
  const chains = data.listeners.flatMap((listener) => listener.chains);
  const list = document.getElementById("routes");
  const found = [];
  let routes = 0;
  for (const chain of chains) {
    const own = `${ports(chain)} ${chain.servers.map((server) => server.gateway).join(" ")}`.toLowerCase();
    if (chain.connection) {
      const text = [own, ...chain.sni, place(chain.connection), chain.connection.title, ...chain.connection.destinations.map(clusterName)].join("\n").toLowerCase();
      if (text.includes(needle)) { found.push({chain, groups: []}); routes += 1; }
      continue;
    }
    const groups = [];
    for (const group of chain.hosts) {
      if (own.includes(needle) || hostNames(group).toLowerCase().includes(needle)) { groups.push(group); routes += group.routes.length; continue; }
      const hits = group.routes.filter((route) => routeText(route).includes(needle));
      if (hits.length > 0) { groups.push({...group, routes: hits, hidden: group.hidden + group.routes.length - hits.length}); routes += hits.length; }
    }
    if (groups.length > 0) found.push({chain, groups});
  }
  list.replaceChildren(...found.map(({chain, groups}) => chainNode(chain, groups, routes <= OPEN_UP_TO)));
  if (found.length === 0) list.append(el("p", {class: "empty"}, needle ? "Nothing fits." : "Nothing is exposed: no server of a Gateway has routes."));
  document.getElementById("count").textContent = count(routes, "route");
  return routes;
}

// ---- answer ----

function answerNodes(decision) {
  const lines = [];
  const headline = {
    forward: () => decision.status ? `${decision.status}: no cluster` : "Goes to",
    tcp_forward: () => "Bytes go to",
    redirect: () => `Redirect: ${decision.route.redirect.text}`,
    https_redirect: () => "301: plaintext requests are sent to https",
    direct_response: () => `${decision.status}: answered by the gateway itself`,
    not_found: () => decision.stage === "virtual_host" ? "404: no host of this port has the name" : `404: no route of ${decision.virtualHost} takes it`,
    refused: () => decision.stage === "listener" ? "Refused: nothing listens on the port" : "Refused: no server of the port takes the connection",
  }[decision.outcome]();
  lines.push(el("p", {}, el("strong", {}, headline)));
  if (decision.destinations) lines.push(...destinationNodes(decision.destinations));
  if (decision.route) lines.push(el("p", {}, `${decision.route.title} `, el("code", {}, place(decision.route))));
  if (decision.route?.flags?.length) lines.push(el("p", {}, ...decision.route.flags.map((flag) => el("span", {class: "chip"}, flag))));
  return lines;
}

function ask(event) {
  event.preventDefault();
  const method = document.getElementById("ask-method").value;
  let url = document.getElementById("ask-url").value.trim();
  const box = document.getElementById("answer");
  if (!url) return;
  if (!url.includes("://")) url = "http://" + url;
  const headers = document.getElementById("ask-headers").value.split("\n").filter((line) => line.includes(":"))
    .map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]);
  box.hidden = false;
  for (const row of document.querySelectorAll("tr.won")) row.classList.remove("won");
  const shell = el("p", {class: "hint"}, "The whole answer: ", el("code", {}, commandFor(method, url, headers)));
  try {
    const decision = decide(method, url, headers);
    box.className = decision.outcome === "not_found" || decision.outcome === "refused" || decision.status === 503 ? "bad" : "good";
    box.replaceChildren(...answerNodes(decision), shell);
    if (decision.route) for (const row of document.querySelectorAll("tr"))
      if (row.dataset.place === `${place(decision.route)} ${decision.route.title}`) row.classList.add("won");
  } catch (error) {
    if (!(error instanceof Unsure)) throw error;
    box.className = "ask";
    box.replaceChildren(el("p", {}, el("strong", {}, "Ask wicket"), `: ${error.message}.`), shell);
  }
}

// ---- start ----

const total = draw();
const gateways = new Set(data.listeners.flatMap((one) => one.chains.flatMap((chain) => chain.servers.map((server) => server.gateway))));
document.getElementById("summary").textContent =
  `${count(gateways.size, "Gateway")}, ${count(data.dns.length, "name")}, ${count(total, "route")}` + (data.filtered ? "; filtered" : "");
document.getElementById("names").append(...data.dns.map((one) => el("li", {}, el("span", {class: "mono"}, one.name), " ", el("span", {class: "chip"}, one.ports.join(", ")))));
if (data.anyName) document.getElementById("names").append(el("li", {class: "empty"}, "any other name: a port takes every one"));
document.getElementById("names-card").hidden = data.dns.length === 0 && !data.anyName;
document.getElementById("problems").append(...data.problems.map((one) => el("li", {}, `${one.message} `, el("small", {class: "mono"}, place(one)))));
document.getElementById("problems-card").hidden = data.problems.length === 0;
document.getElementById("made-by").textContent = `Made by wicket ${data.tool.version}, as Istio ${data.istioVersion} would read the manifests.`;
document.getElementById("ask").addEventListener("submit", ask);
document.getElementById("search").addEventListener("input", (event) => { needle = event.target.value.trim().toLowerCase(); draw(); });

// For tests: the decision, or why there is none.
window.wicketDecide = (method, url, headers) => {
  try { return decide(method, url, headers); } catch (error) { if (error instanceof Unsure) return {unsure: error.message}; throw error; }
};
})();
